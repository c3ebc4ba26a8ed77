import { checkLearningTable } from '../check-learning-table.ts'
import { eventTurns } from '../event-turns.ts'
import type { Fitted, FitRun, LearningTable, NumbersByPart } from '../learner.ts'
import { rootMeanSquaredError } from '../metrics/regression-errors.ts'
import { unusableValues } from '../unusable-values.ts'
import { fitWideRidge } from './fit-wide-ridge.ts'
import { addPenalty, decomposeRows } from './decompose-rows.ts'
import type { LinearModel } from './linear-model.ts'
import type { LinearParameters, LinearPenalty } from './linear-parameters.ts'
import { measureColumns, type ColumnMoments } from './measure-columns.ts'
import { minimizeElasticNet } from './minimize-elastic-net.ts'
import { predictWithLinear } from './predict-linear.ts'
import { solveTriangle, type Solution } from './solve-triangle.ts'
import type { Triangle } from './triangle.ts'

/** With more, the triangle of all pairs of features would take more than 200 MB. */
const mostSolvedFeatures = 5000

/** Rounding to float32 moves a value by up to 2⁻²⁴ of itself; what is left of a column may be that of several. */
const roundingShare = 2 ** -22

/**
 * Least squares, ridge regression (Hoerl and Kennard 1970), lasso (Tibshirani 1996) or elastic net (Zou and Hastie 2005),
 * from a QR decomposition of the centred rows: the minima that scikit-learn's `LinearRegression`, `Ridge`, `Lasso` and
 * `ElasticNet` find. Collinear features without a penalty: see `solveTriangle`.
 */
export async function fitLinear(
  table: LearningTable,
  { penalty }: LinearParameters,
  run: FitRun,
): Promise<Fitted<LinearModel>> {
  checkLearningTable(table)
  if (table.target.task !== 'regression') throw new TypeError('linear regression needs a target of numbers')
  const { values } = table.target
  if (table.features.length > mostSolvedFeatures) return fitWideRidge(table, { penalty, run })
  const turn = eventTurns(run.signal)
  run.progress({ share: 0, note: 'measuring the features' })
  const moments = await measureColumns(table, values, turn)
  const onRows = (rows: number): void =>
    run.progress({ share: 0.2 + (0.8 * rows) / table.rows.train, rows, note: 'solving' })
  const triangle = await decomposeRows(table, { values, moments, turn, onRows })
  const { model, residual, warnings } = solve(triangle, { penalty, moments, table })
  const train = Math.sqrt(Math.max(0, residual) / moments.totalWeight)
  const validation = await validationError(table, { values, model, turn })
  return {
    model,
    importances: shareOfEffects(model, moments),
    means: moments.means.slice(0, model.features),
    trainingCurve: { metric: 'rmse', train: [train], validation },
    warnings,
  }
}

/** `residual`: the sum of squares that the model leaves, the penalty aside. */
interface Solved {
  model: LinearModel
  residual: number
  warnings: readonly string[]
}

interface SolveOptions {
  penalty: LinearPenalty
  moments: ColumnMoments
  table: LearningTable
}

function solve(triangle: Triangle, { penalty, moments, table }: SolveOptions): Solved {
  switch (penalty.kind) {
    case 'none': {
      const solution = solveTriangle(triangle, tolerancesOf(moments))
      const model = withJudgement(
        modelOf(solution.coefficients, solution.kept.length, moments),
        solution,
        moments,
      )
      return {
        model,
        residual: solution.residual,
        warnings: model.leftOut.length > 0 ? [leftOut(model, table)] : [],
      }
    }
    case 'squares': {
      addPenalty(triangle, moments.deviations, penalty.strength)
      const solution = solveTriangle(triangle, new Float64Array(triangle.width))
      const model = modelOf(solution.coefficients, solution.kept.length, moments)
      const added = penalty.strength * sumOfSquares(model.coefficients)
      return { model, residual: solution.residual - added, warnings: [] }
    }
    case 'absolutes': {
      const { coefficients, residual, converged } = minimizeElasticNet(triangle, weightsOf(penalty, moments))
      const used = coefficients.reduce((count, value) => count + (value === 0 ? 0 : 1), 0)
      return {
        model: modelOf(coefficients, used, moments),
        residual,
        warnings: converged ? [] : [notConverged],
      }
    }
  }
}

/** Of the penalty on coefficients in the units of the features, what falls on those of scaled ones. */
function weightsOf(
  { strength, absoluteShare }: Extract<LinearPenalty, { kind: 'absolutes' }>,
  { deviations, totalWeight }: ColumnMoments,
): { absolute: Float64Array; squared: Float64Array } {
  const features = deviations.subarray(0, deviations.length - 1)
  const total = strength * totalWeight
  return {
    absolute: features.map((deviation) => (deviation > 0 ? (total * absoluteShare) / deviation : 0)),
    squared: features.map((deviation) =>
      deviation > 0 ? (total * (1 - absoluteShare)) / deviation ** 2 : 0,
    ),
  }
}

const notConverged =
  'The coefficients had not settled when the search stopped: the features are nearly combinations of each other. ' +
  'Choose a larger strength, or a smaller share of the absolute penalty.'

/** What may be left of a column, as a share of its length, that float32 makes up. */
function tolerancesOf({ means, deviations }: ColumnMoments): Float64Array {
  return deviations.map((deviation, column) =>
    deviation > 0 ? (roundingShare * Math.hypot(deviation, means[column]!)) / deviation : 0,
  )
}

function modelOf(
  scaled: Float64Array,
  estimated: number,
  { means, deviations, weightedRows }: ColumnMoments,
): LinearModel {
  const features = scaled.length
  const coefficients = scaled.map((value, feature) => (value === 0 ? 0 : value / deviations[feature]!))
  let intercept = means[features]!
  for (let feature = 0; feature < features; feature++) intercept -= coefficients[feature]! * means[feature]!
  return {
    features,
    coefficients,
    intercept,
    degreesOfFreedom: weightedRows - estimated - 1,
    leftOut: [],
  }
}

/** Least squares alone: what could not be told, and how sure the rest is. */
function withJudgement(
  model: LinearModel,
  { kept, residual, inverse }: Solution,
  { means, deviations, totalWeight }: ColumnMoments,
): LinearModel {
  const missing = Array.from(model.coefficients.keys()).filter((feature) => !kept.includes(feature))
  const leftOut = missing.map((feature) => ({
    feature,
    because: deviations[feature] === 0 ? ('constant' as const) : ('combination' as const),
  }))
  if (model.degreesOfFreedom <= 0) return { ...model, leftOut }
  const variance = residual / model.degreesOfFreedom
  const standardErrors = standardErrorsOf({ kept, inverse, variance, means, deviations, totalWeight })
  return { ...model, leftOut, standardErrors }
}

/** Roots of the diagonal of variance × (XᵀX)⁻¹, X with a column of ones. */
function standardErrorsOf(options: {
  kept: readonly number[]
  inverse: Float64Array
  variance: number
  means: Float64Array
  deviations: Float64Array
  totalWeight: number
}): NonNullable<LinearModel['standardErrors']> {
  const { kept, inverse, variance, means, deviations, totalWeight } = options
  const size = kept.length
  const coefficients = new Float64Array(deviations.length - 1).fill(Number.NaN)
  for (const [index, feature] of kept.entries()) {
    const row = inverse.subarray(index * size, (index + 1) * size)
    coefficients[feature] = Math.sqrt(variance * sumOfSquares(row)) / deviations[feature]!
  }
  let distance = 0
  for (let column = 0; column < size; column++) {
    let sum = 0
    for (const [index, feature] of kept.entries())
      sum += inverse[index * size + column]! * (means[feature]! / deviations[feature]!)
    distance += sum * sum
  }
  return { coefficients, intercept: Math.sqrt(variance * (1 / totalWeight + distance)) }
}

async function validationError(
  table: LearningTable,
  options: { values: NumbersByPart; model: LinearModel; turn: () => Promise<void> | undefined },
): Promise<number[]> {
  if (table.rows.validation === 0) return []
  const { values, model, turn } = options
  const predicted = new Float64Array(table.rows.validation)
  const unusable = unusableValues(table, 'validation')
  let row = 0
  for await (const chunk of table.chunks('validation')) {
    unusable.count(chunk)
    predicted.set(predictWithLinear(model, chunk), row)
    row += chunk.rows
    await turn()
  }
  unusable.refuse()
  const { value } = rootMeanSquaredError({
    actual: values.validation,
    predicted,
    weights: table.weights?.validation,
  })
  return value === null ? [] : [value]
}

/** How much a feature moves the answer: its coefficient for a step of one standard deviation. */
function shareOfEffects({ coefficients }: LinearModel, { deviations }: ColumnMoments): number[] {
  const effects = Array.from(coefficients, (value, feature) => Math.abs(value) * deviations[feature]!)
  const total = effects.reduce((sum, effect) => sum + effect, 0)
  return total > 0 ? effects.map((effect) => effect / total) : effects
}

function leftOut({ leftOut }: LinearModel, { features }: LearningTable): string {
  const names = leftOut.map(({ feature }) => `“${features[feature]}”`)
  const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
  return (
    `The train rows cannot tell the effect of ${names.slice(0, 3).join(', ')}${more}: constant, or a combination of ` +
    'features before. Their coefficients are 0, which costs no accuracy; remove them, or choose the L2 penalty.'
  )
}

const sumOfSquares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0)
