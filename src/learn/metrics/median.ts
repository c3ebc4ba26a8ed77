import { totalWeight } from './measured-rows.ts'

/**
 * The median of at least one value. Without weights the mean of the two in the middle; with weights the first value at
 * which half of the weight is reached, as in scikit-learn.
 */
export function medianOf(values: Float64Array, weights?: Float64Array): number {
  if (weights) return weightedMedian(values, weights)
  const sorted = values.toSorted()
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function weightedMedian(values: Float64Array, weights: Float64Array): number {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!)
  const half = totalWeight(values.length, weights) / 2
  let reached = 0
  const place = order.findIndex((row) => {
    reached += weights[row]!
    return reached >= half
  })
  return values[order.at(place)!]!
}
