import type { Histogram } from '../server-protocol.ts'

export interface ValueSums {
  count: number
  sum: number
  sumOfSquares: number
}

export function emptyHistogram(bounds: readonly number[]): Histogram {
  return { counts: Array.from<number>({ length: bounds.length + 1 }).fill(0), sum: 0 }
}

/** Counts a value under the first bound that is not below it. */
export function countValue(histogram: Histogram, bounds: readonly number[], value: number): void {
  let place = 0
  while (place < bounds.length && value > bounds[place]!) place += 1
  histogram.counts[place]! += 1
  histogram.sum += value
}

export function addValue(sums: ValueSums, value: number): void {
  if (!Number.isFinite(value)) return
  sums.count += 1
  sums.sum += value
  sums.sumOfSquares += value * value
}
