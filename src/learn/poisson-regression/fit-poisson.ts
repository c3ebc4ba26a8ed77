import { checkLearningTable } from '../check-learning-table.ts'
import { learnError } from '../errors.ts'
import { eventTurns } from '../event-turns.ts'
import {
  learningParts,
  type Fitted,
  type FitRun,
  type LearningPart,
  type LearningTable,
  type TrainingCurve,
} from '../learner.ts'
import type { DesignBlock, DesignLayout } from '../linear-design/design-matrix.ts'
import type { FeatureMoments } from '../linear-design/feature-moments.ts'
import { readDesign } from '../linear-design/read-design.ts'
import { scalingOf, type Scaling } from '../linear-design/scaling.ts'
import { waldErrors } from '../linear-design/wald-errors.ts'
import { minimize } from '../optimize/lbfgs.ts'
import type { Objective } from '../optimize/objective.ts'
import { logarithmsOf, meanDeviance, poissonLoss, type CountedBlock } from './poisson-loss.ts'
import type { PoissonModel } from './poisson-model.ts'
import type { PoissonParameters } from './poisson-parameters.ts'

type Turn = () => Promise<void> | undefined

/**
 * Fits counts by Poisson regression with a logarithmic link, by L-BFGS: the minimum that scikit-learn’s
 * `PoissonRegressor` finds. Throws `learn.target-negative`.
 */
export async function fitPoisson(
  table: LearningTable,
  parameters: PoissonParameters,
  run: FitRun,
): Promise<Fitted<PoissonModel>> {
  checkLearningTable(table)
  const values = countsOf(table)
  const turn = eventTurns(run.signal)
  run.progress({ share: 0, note: 'reading the rows' })
  const { layout, moments, blocks: read } = await readDesign(table, turn)
  const blocks = {
    train: countedRows(table, { part: 'train', values, blocks: read.train }),
    validation: countedRows(table, { part: 'validation', values, blocks: read.validation }),
  }
  const totalWeight = weightOf(blocks.train)
  const penalty = parameters.penalty === 'l2' ? parameters.strength : 0
  const scaling = scalingOf(moments, { features: table.features.length, outputs: 1 }, penalty)
  const curve: TrainingCurve = { metric: 'poisson_deviance', train: [], validation: [] }
  const minimum = await minimize({
    objective: objectiveOf(blocks.train, { layout, scaling, penalty, totalWeight, turn }),
    start: startAt(blocks.train, table.features.length),
    tolerance: parameters.tolerance,
    iterations: parameters.maximumIterations,
    async onIteration({ iteration, point }) {
      const coefficients = scaling.toCoefficients(point)
      curve.train.push(meanDeviance(blocks.train, layout, coefficients))
      if (blocks.validation.length > 0)
        curve.validation.push(meanDeviance(blocks.validation, layout, coefficients))
      const note = `iteration ${iteration} of at most ${parameters.maximumIterations}, deviance ${curve.train.at(-1)!.toPrecision(4)}`
      run.progress({ share: iteration / parameters.maximumIterations, note })
    },
  })
  const coefficients = scaling.toCoefficients(minimum.point)
  const standardErrors =
    penalty === 0 ? await errorsOf(blocks.train, { layout, moments, coefficients, turn }) : null
  const isCut = minimum.status === 'iteration-limit'
  return {
    model: {
      features: table.features.length,
      coefficients: coefficients.slice(0, -1),
      intercept: coefficients.at(-1)!,
      standardErrors,
      converged: !isCut,
      iterations: minimum.iterations,
    },
    importances: sharesOf(coefficients, moments),
    means: moments.means,
    trainingCurve: curve,
    warnings: isCut ? [notConverged(minimum.iterations)] : [],
  }
}

function countsOf({ target }: LearningTable): Record<LearningPart, Float64Array> {
  if (target.task !== 'regression') throw new TypeError('Poisson regression needs a target of numbers')
  for (const part of learningParts) {
    const negative = target.values[part].filter((value) => value < 0)
    if (negative.length > 0)
      throw learnError('target-negative', {
        column: target.column,
        count: negative.length,
        rows: target.values[part].length,
      })
  }
  if (!target.values.train.some((value) => value > 0))
    throw learnError('target-zero', { column: target.column })
  return target.values
}

function countedRows(
  table: LearningTable,
  options: {
    part: LearningPart
    values: Record<LearningPart, Float64Array>
    blocks: readonly DesignBlock[]
  },
): CountedBlock[] {
  const { part, values, blocks } = options
  const weights = table.weights?.[part] ?? null
  let first = 0
  return blocks.map((block) => {
    const end = first + block.rows
    const own = {
      counts: values[part].subarray(first, end),
      weights: weights && weights.subarray(first, end),
    }
    first = end
    return Object.assign(block, own)
  })
}

function weightOf(blocks: readonly CountedBlock[]): number {
  return blocks.reduce(
    (sum, { rows, weights }) => sum + (weights ? weights.reduce((a, b) => a + b, 0) : rows),
    0,
  )
}

/** No effects, and the mean of the counts. */
function startAt(blocks: readonly CountedBlock[], features: number): Float64Array {
  let [sum, total] = [0, 0]
  for (const { counts, weights } of blocks) {
    for (const [row, count] of counts.entries()) {
      const weight = weights ? weights[row]! : 1
      sum += weight * count
      total += weight
    }
  }
  const start = new Float64Array(features + 1)
  start[features] = Math.log(sum / total)
  return start
}

function objectiveOf(
  blocks: readonly CountedBlock[],
  options: { layout: DesignLayout; scaling: Scaling; penalty: number; totalWeight: number; turn: Turn },
): Objective {
  const { layout, scaling, penalty, totalWeight, turn } = options
  return async (point, gradient) => {
    const coefficients = scaling.toCoefficients(point)
    gradient.fill(0)
    let loss = 0
    for (const block of blocks) {
      loss += poissonLoss(block, { layout, coefficients, gradient })
      await turn()
    }
    let squares = 0
    for (let index = 0; index < gradient.length; index++) {
      const isIntercept = index === gradient.length - 1
      const own = coefficients[index]!
      gradient[index] = gradient[index]! / totalWeight + (isIntercept ? 0 : penalty * own)
      if (!isIntercept) squares += own * own
    }
    scaling.toPointGradient(gradient)
    return loss / totalWeight + (penalty / 2) * squares
  }
}

function errorsOf(
  blocks: readonly CountedBlock[],
  options: { layout: DesignLayout; moments: FeatureMoments; coefficients: Float64Array; turn: Turn },
): ReturnType<typeof waldErrors> {
  const { layout, moments, coefficients, turn } = options
  const means = blocks.map((block) => logarithmsOf(block, layout, coefficients).map(Math.exp))
  const curvature = (block: number, row: number): number =>
    means[block]![row]! * (blocks[block]!.weights ? blocks[block]!.weights[row]! : 1)
  return waldErrors({ blocks, layout, moments, curvature, turn })
}

function notConverged(iterations: number): string {
  return `The fit stopped after ${iterations} iterations, before it had converged. Allow more iterations, or scale the features.`
}

/** How much a feature moves the logarithm of the answer: its coefficient for a step of one standard deviation. */
function sharesOf(coefficients: Float64Array, { deviations }: FeatureMoments): number[] {
  const effects = Array.from(deviations, (deviation, feature) => deviation * Math.abs(coefficients[feature]!))
  const total = effects.reduce((sum, effect) => sum + effect, 0)
  return total > 0 ? effects.map((effect) => effect / total) : effects
}
