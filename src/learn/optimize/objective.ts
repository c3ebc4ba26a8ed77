/**
 * A smooth function of many variables: writes its gradient at `point` and gives its value. It may take turns with the
 * event loop, so it is asynchronous.
 */
export type Objective = (point: Float64Array, gradient: Float64Array) => Promise<number>

export function dotProduct(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!
  return sum
}

/** The largest absolute value. */
export function maximumNorm(vector: Float64Array): number {
  let largest = 0
  for (let index = 0; index < vector.length; index++) largest = Math.max(largest, Math.abs(vector[index]!))
  return largest
}
