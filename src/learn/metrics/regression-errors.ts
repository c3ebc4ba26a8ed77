import { totalWeight, weightedMean, type EstimatedRows } from './measured-rows.ts'
import { medianOf } from './median.ts'
import { byConvention, defined, meanOrNone, undefinedBecause, type MetricValue } from './metric-value.ts'

export function meanAbsoluteError({ actual, predicted, weights }: EstimatedRows): MetricValue {
  return meanOrNone(weightedMean(actual.length, weights, (row) => Math.abs(predicted[row]! - actual[row]!)))
}

export function rootMeanSquaredError(rows: EstimatedRows): MetricValue {
  const mean = meanSquaredError(rows)
  return meanOrNone(mean === null ? null : Math.sqrt(mean))
}

/** The mean of |error| / |truth|, with float64's epsilon in the place of smaller truths. 1 means 100 %. */
export function meanAbsolutePercentageError({ actual, predicted, weights }: EstimatedRows): MetricValue {
  const mean = weightedMean(actual.length, weights, (row) => {
    return Math.abs(predicted[row]! - actual[row]!) / Math.max(Math.abs(actual[row]!), Number.EPSILON)
  })
  if (mean !== null && actual.includes(0))
    return byConvention(mean, 'Some true values are 0, where a percentage says nothing.')
  return meanOrNone(mean)
}

/** The share of the variance that is explained; below 0 for predictions worse than the mean. */
export function rSquared(rows: EstimatedRows): MetricValue {
  const { actual, weights } = rows
  if (actual.length < 2) return undefinedBecause('R² needs at least two rows.')
  const mean = weightedMean(actual.length, weights, (row) => actual[row]!)
  const residual = meanSquaredError(rows)
  if (mean === null || residual === null) return meanOrNone(null)
  const spread = weightedMean(actual.length, weights, (row) => (actual[row]! - mean) ** 2)!
  if (spread > 0) return defined(1 - residual / spread)
  return byConvention(residual === 0 ? 1 : 0, 'All true values are equal.')
}

/** The median of |error|. */
export function medianAbsoluteError({ actual, predicted, weights }: EstimatedRows): MetricValue {
  if (totalWeight(actual.length, weights) === 0) return meanOrNone(null)
  const errors = actual.map((value, row) => Math.abs(predicted[row]! - value))
  return defined(medianOf(errors, weights))
}

function meanSquaredError({ actual, predicted, weights }: EstimatedRows): number | null {
  return weightedMean(actual.length, weights, (row) => (predicted[row]! - actual[row]!) ** 2)
}
