import type { EstimatedRows } from './measured-rows.ts'

/** How far predictions are from the truth: a residual is true − predicted, above 0 where too little was predicted. */
export interface ResidualAnalysis {
  mean: number
  deviation: number
  /** Quantiles of the residuals, with linear interpolation. */
  quantiles: { share: number; residual: number }[]
  /** Rows in ascending ranges of equally many predictions. */
  byPrediction: ResidualRange[]
  /** The rows that were missed by most, by their place among the rows. */
  largest: { row: number; actual: number; predicted: number; residual: number }[]
}

export interface ResidualRange {
  /** The lowest and the highest prediction. */
  from: number
  to: number
  count: number
  mean: number
  /** The residuals below which a tenth, a half and nine tenths of these rows lie. */
  low: number
  median: number
  high: number
}

const shares = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]

/** Every row counts once, whatever its weight. Null where there are no rows, or a prediction is no finite number. */
export function analyseResiduals(
  { actual, predicted }: EstimatedRows,
  { ranges, largest }: { ranges: number; largest: number },
): ResidualAnalysis | null {
  const rows = actual.length
  if (rows === 0 || !predicted.every(Number.isFinite) || !actual.every(Number.isFinite)) return null
  const residuals = actual.map((value, row) => value - predicted[row]!)
  const mean = meanOf(residuals)
  const sorted = residuals.toSorted()
  const missedMost = rowsBy(residuals, (a, b) => Math.abs(b) - Math.abs(a))
  return {
    mean,
    deviation: Math.sqrt(meanOf(residuals.map((residual) => (residual - mean) ** 2))),
    quantiles: shares.map((share) => ({ share, residual: quantile(sorted, share) })),
    byPrediction: rangesOf({ predicted, residuals, ranges }),
    largest: Array.from(missedMost.subarray(0, largest), (row) => ({
      row,
      actual: actual[row]!,
      predicted: predicted[row]!,
      residual: residuals[row]!,
    })),
  }
}

/** Equal predictions stay in one range, so that there may be fewer ranges, and of unequal size. */
function rangesOf(parts: {
  predicted: Float64Array
  residuals: Float64Array
  ranges: number
}): ResidualRange[] {
  const { predicted, residuals, ranges } = parts
  const order = rowsBy(predicted, (a, b) => a - b)
  const found: ResidualRange[] = []
  for (let first = 0, range = 1; first < order.length; range++) {
    let end = Math.max(first + 1, Math.round((range * order.length) / ranges))
    while (end < order.length && predicted[order[end]!] === predicted[order[end - 1]!]) end++
    const own = Float64Array.from(order.subarray(first, end), (row) => residuals[row]!)
    const sorted = own.toSorted()
    found.push({
      from: predicted[order[first]!]!,
      to: predicted[order[end - 1]!]!,
      count: own.length,
      mean: meanOf(own),
      low: quantile(sorted, 0.1),
      median: quantile(sorted, 0.5),
      high: quantile(sorted, 0.9),
    })
    first = end
  }
  return found
}

/** Row numbers in the order of their values, equal ones in their own order. */
function rowsBy(values: Float64Array, compare: (a: number, b: number) => number): Uint32Array {
  return Uint32Array.from(values.keys()).sort((a, b) => compare(values[a]!, values[b]!) || a - b)
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)]!
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place))
}
