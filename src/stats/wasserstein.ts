/**
 * The Wasserstein distance (of the first order, “earth mover’s”) of two sorted samples, in their unit: the area between
 * their distribution functions.
 */
export function wassersteinDistance(reference: Float64Array, current: Float64Array): number {
  let [at, other, area] = [0, 0, 0]
  let before = Math.min(reference[0]!, current[0]!)
  while (at < reference.length || other < current.length) {
    const value = Math.min(reference[at] ?? Infinity, current[other] ?? Infinity)
    area += Math.abs(at / reference.length - other / current.length) * (value - before)
    while (at < reference.length && reference[at] === value) at++
    while (other < current.length && current[other] === value) other++
    before = value
  }
  return area
}

/** No standard deviation that a distance is divided by counts for less. */
export const smallestDeviation = 0.001

/** The distance in standard deviations (of the population) of the reference. */
export function normedWassersteinDistance(reference: Float64Array, current: Float64Array): number {
  return wassersteinDistance(reference, current) / Math.max(deviation(reference), smallestDeviation)
}

function deviation(values: Float64Array): number {
  let mean = 0
  let squares = 0
  for (let index = 0; index < values.length; index++) {
    const distance = values[index]! - mean
    mean += distance / (index + 1)
    squares += distance * (values[index]! - mean)
  }
  return Math.sqrt(squares / values.length)
}
