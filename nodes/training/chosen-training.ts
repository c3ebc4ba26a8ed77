import type { TableData } from '../../src/core/artifacts.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { trainingOf as baseline } from './baseline/training.ts'
import { trainingOf as extraTrees } from './extra-trees/training.ts'
import { trainingOf as gradientBoostedTrees } from './gradient-boosted-trees/training.ts'
import type { Training } from './learn-model.ts'
import type { LearnerChoice } from './learner-choice.ts'
import { trainingOf as linearRegression } from './linear-regression/training.ts'
import { trainingOf as logisticRegression } from './logistic-regression/training.ts'
import { trainingOf as neuralNetwork } from './neural-network/training.ts'
import { trainingOf as poissonRegression } from './poisson-regression/training.ts'
import { trainingOf as randomForest } from './random-forest/training.ts'

/** Gives `use` what a chosen learner needs to be trained; the table tells its task where the choice leaves it open. */
export async function withChosenTraining<Outcome>(
  context: RunContext,
  { choice, table }: { choice: LearnerChoice; table: TableData },
  use: <Params, Model>(training: Training<Params, Model>) => Promise<Outcome>,
): Promise<Outcome> {
  switch (choice.type) {
    case 'training.gradient-boosted-trees':
      return use(await gradientBoostedTrees(choice, context, table))
    case 'training.random-forest':
      return use(await randomForest(choice, context, table))
    case 'training.extra-trees':
      return use(await extraTrees(choice, context, table))
    case 'training.logistic-regression':
      return use(logisticRegression(choice))
    case 'training.linear-regression':
      return use(linearRegression(choice))
    case 'training.poisson-regression':
      return use(poissonRegression(choice))
    case 'training.neural-network':
      return use(await neuralNetwork(choice, context, table))
    case 'training.baseline':
      return use(await baseline(choice, context, table))
  }
}
