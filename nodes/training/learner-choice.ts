import { z } from 'zod'
import { baseline } from './baseline/definition.ts'
import { extraTrees } from './extra-trees/definition.ts'
import { gradientBoostedTrees } from './gradient-boosted-trees/definition.ts'
import { linearRegression } from './linear-regression/definition.ts'
import { logisticRegression } from './logistic-regression/definition.ts'
import { neuralNetwork } from './neural-network/definition.ts'
import { poissonRegression } from './poisson-regression/definition.ts'
import { randomForest } from './random-forest/definition.ts'

/** The learners that other nodes can use, by the id of their own node. */
export const learnerDefinitions = {
  'training.gradient-boosted-trees': gradientBoostedTrees,
  'training.random-forest': randomForest,
  'training.extra-trees': extraTrees,
  'training.logistic-regression': logisticRegression,
  'training.linear-regression': linearRegression,
  'training.poisson-regression': poissonRegression,
  'training.neural-network': neuralNetwork,
  'training.baseline': baseline,
} as const
type Definitions = typeof learnerDefinitions

/** A learner by name, with exactly the parameters that its own node has. */
export const learnerChoice = z.discriminatedUnion('type', [
  choice('training.gradient-boosted-trees'),
  choice('training.random-forest'),
  choice('training.extra-trees'),
  choice('training.logistic-regression'),
  choice('training.linear-regression'),
  choice('training.poisson-regression'),
  choice('training.neural-network'),
  choice('training.baseline'),
])
export type LearnerChoice = z.output<typeof learnerChoice>

function choice<Id extends keyof Definitions>(id: Id) {
  const { params, title } = learnerDefinitions[id]
  return z
    .strictObject({ type: z.literal(id), ...(params.shape as Definitions[Id]['params']['shape']) })
    .meta({ title })
}
