export interface Bins {
  start: number
  width: number
  count: number
}

/** The interval that a value lies in; rounding leads none out of them. */
export const binOf = (value: number, { start, width, count }: Bins): number =>
  Math.min(count - 1, Math.max(0, Math.floor((value - start) / width)))

/**
 * Intervals of one width whose ends are round numbers, around all finite values. Whole numbers stand in the middle of
 * intervals that are as wide as a whole number.
 */
export function roundBins(
  values: Float64Array,
  { most, areWhole }: { most: number; areWhole: boolean },
): Bins | null {
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < lowest) lowest = value
    if (value > highest) highest = value
  }
  if (lowest > highest) return null
  // Numbers that lie closer than they can be told apart stand in one interval.
  if (highest - lowest <= Math.max(Math.abs(lowest), Math.abs(highest), 1e-290) * 1e-12)
    return { start: lowest - 0.5, width: 1, count: 1 }
  const round = roundUp((highest - lowest) / most)
  const width = areWhole ? Math.max(1, round) : round
  const middle = areWhole ? 0.5 : 0
  const start = Math.floor(lowest / width) * width - middle
  return { start, width, count: Math.floor((highest - start) / width) + 1 }
}

/** The next of 1, 2, 5, 10, 20 … */
function roundUp(width: number): number {
  const size = 10 ** Math.floor(Math.log10(width))
  const step = [1, 2, 5, 10].find((factor) => factor * size >= width * (1 - 1e-9)) ?? 10
  return step * size
}

/** The value at a share of sorted values, between order statistics as `numpy.quantile` does it. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const low = sorted[Math.floor(place)]!
  return low + (place % 1) * (sorted[Math.ceil(place)]! - low)
}
