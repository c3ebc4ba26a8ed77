import { learnError } from '../errors.ts'
import { eventTurns } from '../event-turns.ts'
import type { Fitted, FitRun, LearningPart, LearningTable } from '../learner.ts'
import type { DesignBlock, DesignLayout } from '../linear-design/design-matrix.ts'
import { readDesign } from '../linear-design/read-design.ts'
import { linearSums } from '../linear-design/linear-sums.ts'
import { scalingOf, type Scaling } from '../linear-design/scaling.ts'
import { rootMeanSquaredError } from '../metrics/regression-errors.ts'
import { minimize } from '../optimize/lbfgs.ts'
import type { Objective } from '../optimize/objective.ts'
import type { LinearModel } from './linear-model.ts'
import type { LinearPenalty } from './linear-parameters.ts'

type Turn = () => Promise<void> | undefined

interface ValuedRows {
  blocks: readonly DesignBlock[]
  layout: DesignLayout
  values: Float64Array
  weights: Float64Array | undefined
  totalWeight: number
}

const iterations = 1000
const tolerance = 1e-7

/**
 * Ridge regression for many features, by L-BFGS on rows of which only values other than 0 are kept: the minimum of
 * `fitLinear`, without any matrix of all pairs of features. Throws `learn.too-many-features` for other penalties.
 */
export async function fitWideRidge(
  table: LearningTable,
  { penalty, run }: { penalty: LinearPenalty; run: FitRun },
): Promise<Fitted<LinearModel>> {
  const features = table.features.length
  if (penalty.kind !== 'squares') throw learnError('too-many-features', { features })
  const turn = eventTurns(run.signal)
  run.progress({ share: 0, note: 'reading the rows' })
  const { layout, blocks, moments } = await readDesign(table, turn)
  const train = valuedRows(table, { part: 'train', layout, blocks: blocks.train })
  const strength = penalty.strength / train.totalWeight
  const scaling = scalingOf(moments, { features, outputs: 1 }, strength)
  const spread = spreadOf(train)
  const start = new Float64Array(features + 1)
  start[features] = spread.mean
  const minimum = await minimize({
    objective: objectiveOf(train, { scaling, strength, scale: spread.deviation ** 2 || 1, turn }),
    start,
    tolerance,
    iterations,
    onIteration: async ({ iteration }) =>
      run.progress({
        share: iteration / iterations,
        note: `iteration ${iteration} of at most ${iterations}`,
      }),
  })
  const coefficients = scaling.toCoefficients(minimum.point)
  const validation =
    table.rows.validation > 0
      ? [errorOf(valuedRows(table, { part: 'validation', layout, blocks: blocks.validation }), coefficients)]
      : []
  const effects = Array.from(
    moments.deviations,
    (deviation, index) => deviation * Math.abs(coefficients[index]!),
  )
  const total = effects.reduce((sum, effect) => sum + effect, 0)
  return {
    model: {
      features,
      coefficients: coefficients.slice(0, features),
      intercept: coefficients[features]!,
      degreesOfFreedom: table.rows.train - features - 1,
      leftOut: [],
    },
    importances: total > 0 ? effects.map((effect) => effect / total) : effects,
    means: moments.means,
    trainingCurve: {
      metric: 'rmse',
      train: [errorOf(train, coefficients)],
      validation: validation.filter(Number.isFinite),
    },
    warnings: minimum.status === 'iteration-limit' ? [notConverged] : [],
  }
}

const notConverged = `The coefficients had not settled after ${iterations} iterations. Choose a larger strength.`

function valuedRows(
  table: LearningTable,
  { part, layout, blocks }: { part: LearningPart; layout: DesignLayout; blocks: readonly DesignBlock[] },
): ValuedRows {
  if (table.target.task !== 'regression') throw new TypeError('linear regression needs a target of numbers')
  const weights = table.weights?.[part]
  return {
    blocks,
    layout,
    values: table.target.values[part],
    weights,
    totalWeight: weights ? weights.reduce((sum, weight) => sum + weight, 0) : table.rows[part],
  }
}

/** Of the values, by their weights. */
function spreadOf({ values, weights, totalWeight }: ValuedRows): { mean: number; deviation: number } {
  const weightOf = (row: number): number => weights?.[row] ?? 1
  const mean = values.reduce((sum, value, row) => sum + weightOf(row) * value, 0) / totalWeight
  const squares = values.reduce((sum, value, row) => sum + weightOf(row) * (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / totalWeight) }
}

/** Half the mean squared error plus half `strength` times the sum of squares, in units of the target’s variance. */
function objectiveOf(
  { blocks, layout, values, weights, totalWeight }: ValuedRows,
  { scaling, strength, scale, turn }: { scaling: Scaling; strength: number; scale: number; turn: Turn },
): Objective {
  return async (point, gradient) => {
    const coefficients = scaling.toCoefficients(point)
    const last = coefficients.length - 1
    gradient.fill(0)
    let [loss, row] = [0, 0]
    for (const block of blocks) {
      for (const [index, estimate] of linearSums(block, layout, coefficients).entries()) {
        const weight = weights?.[row] ?? 1
        const residual = estimate - values[row++]!
        loss += (weight * residual * residual) / 2
        addRow(gradient, { block, layout, row: index, factor: weight * residual })
      }
      await turn()
    }
    for (let index = 0; index < last; index++) {
      loss += (strength * totalWeight * coefficients[index]! ** 2) / 2
      gradient[index] = gradient[index]! + strength * totalWeight * coefficients[index]!
    }
    for (let index = 0; index <= last; index++) gradient[index] = gradient[index]! / totalWeight / scale
    scaling.toPointGradient(gradient)
    return loss / totalWeight / scale
  }
}

function addRow(
  gradient: Float64Array,
  from: { block: DesignBlock; layout: DesignLayout; row: number; factor: number },
): void {
  const { block, layout, row, factor } = from
  const width = layout.dense.length
  for (let at = 0; at < width; at++) {
    const feature = layout.dense[at]!
    gradient[feature] = gradient[feature]! + factor * block.dense[row * width + at]!
  }
  for (let at = block.starts[row]!; at < block.starts[row + 1]!; at++) {
    const feature = block.sparseFeatures[at]!
    gradient[feature] = gradient[feature]! + factor * block.sparseValues[at]!
  }
  gradient[gradient.length - 1] = gradient.at(-1)! + factor
}

function errorOf({ blocks, layout, values, weights }: ValuedRows, coefficients: Float64Array): number {
  const predicted = Float64Array.from(
    blocks.flatMap((block) => Array.from(linearSums(block, layout, coefficients))),
  )
  return rootMeanSquaredError({ actual: values, predicted, weights }).value ?? Number.NaN
}
