import { createRandom } from '../../tables/random.ts'
import type { MetricValue } from './metric-value.ts'

export type Metrics = Readonly<Record<string, MetricValue>>

/** Where a number would lie if other rows had been drawn. */
export interface Interval {
  low: number
  high: number
}

/** With fewer resamples in which it is defined a metric gets no interval. */
const fewestDefined = 20

/**
 * Resamples of rows with replacement (Efron 1979): how often each row was drawn, times its own weight. Every caller with
 * the same seed gets the same draws, so that models are compared on equal terms.
 */
export function* resamples(options: {
  rows: number
  count: number
  seed: number
  weights: Float64Array | undefined
}): Iterable<Float64Array> {
  const { rows, count, seed, weights } = options
  for (let sample = 0; sample < count; sample++) {
    const random = createRandom(seed, `bootstrap ${sample}`)
    const drawn = new Float64Array(rows)
    for (let draw = 0; draw < rows; draw++) {
      const row = random.below(rows)
      drawn[row] = drawn[row]! + (weights ? weights[row]! : 1)
    }
    yield drawn
  }
}

/** The middle share `level` of the values that each metric takes over resamples (percentile intervals). */
export function percentileIntervals(measured: readonly Metrics[], level: number): Record<string, Interval> {
  const names = Object.keys(measured[0] ?? {})
  const intervals = names.flatMap((name) => {
    const values = measured.flatMap((metrics) => metrics[name]?.value ?? [])
    return values.length < fewestDefined ? [] : [[name, middle(Float64Array.from(values).sort(), level)]]
  })
  return Object.fromEntries(intervals) as Record<string, Interval>
}

/** Intervals of the differences, resample by resample. */
export function differenceIntervals(
  before: readonly Metrics[],
  after: readonly Metrics[],
  level: number,
): Record<string, Interval> {
  const differences = before.map((metrics, sample) =>
    Object.fromEntries(
      Object.entries(metrics).map(([name, { value }]) => {
        const other = after[sample]![name]?.value ?? null
        return [name, { value: value === null || other === null ? null : other - value }]
      }),
    ),
  )
  return percentileIntervals(differences, level)
}

function middle(sorted: Float64Array, level: number): Interval {
  const at = (share: number): number => {
    const place = share * (sorted.length - 1)
    const low = sorted[Math.floor(place)]!
    return low + (sorted[Math.ceil(place)]! - low) * (place - Math.floor(place))
  }
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) }
}
