import { sortFloats } from './sort-floats.ts'

/** A quantile of values, of which none is NaN, by linear interpolation; sorts them in place. */
export function quantileOf(values: Float32Array<ArrayBuffer>, level: number): number {
  if (values.length === 0) return 0
  sortFloats(values)
  const place = level * (values.length - 1)
  const below = values[Math.floor(place)]!
  const above = values[Math.ceil(place)]!
  return below + (place - Math.floor(place)) * (above - below)
}

/** The smallest value up to which the rows have at least that share of the weight. */
export function weightedQuantileOf(
  values: Float32Array | Float64Array,
  weights: Float32Array | Float64Array,
  level: number,
): number {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b)
  let total = 0
  for (const row of order) total += weights[row]!
  let reached = 0
  for (const row of order) {
    reached += weights[row]!
    if (reached > 0 && reached >= level * total) return values[row]!
  }
  return 0
}
