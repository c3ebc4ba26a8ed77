import type { ScoredRows } from './measured-rows.ts'

/** One entry a bin of probabilities that has rows, ascending. */
export interface CalibrationCurve {
  /** The mean probability given to the positive class. */
  predicted: number[]
  /** The share of rows that are of it. */
  observed: number[]
  /** The weight of the rows. */
  weight: number[]
}

/**
 * How far probabilities can be taken at their word. Bins are equally wide (`uniform`) or hold equally many rows
 * (`quantile`, with numpy's linear percentiles); a probability on an edge belongs to the lower bin.
 */
export function calibrationCurve(
  { positive, scores, weights }: ScoredRows,
  { bins, strategy }: { bins: number; strategy: 'uniform' | 'quantile' },
): CalibrationCurve {
  const shares = Array.from({ length: bins - 1 }, (_, index) => (index + 1) / bins)
  const sorted = strategy === 'quantile' ? scores.toSorted() : null
  const edges = sorted ? shares.map((share) => percentile(sorted, share)) : shares
  const sums = Array.from({ length: bins }, () => ({ weight: 0, predicted: 0, observed: 0 }))
  for (let row = 0; row < scores.length; row++) {
    const bin = sums[edges.filter((edge) => edge < scores[row]!).length]!
    const weight = weights ? weights[row]! : 1
    bin.weight += weight
    bin.predicted += weight * scores[row]!
    bin.observed += weight * positive[row]!
  }
  const filled = sums.filter(({ weight }) => weight > 0)
  return {
    predicted: filled.map(({ predicted, weight }) => predicted / weight),
    observed: filled.map(({ observed, weight }) => observed / weight),
    weight: filled.map(({ weight }) => weight),
  }
}

function percentile(sorted: Float32Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)]!
  const above = sorted[Math.ceil(place)]!
  return below + (above - below) * (place - Math.floor(place))
}
