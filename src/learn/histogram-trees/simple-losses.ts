/** Rows of a block as typed arrays; derivatives lie side by side. */
export interface LossRows {
  scores: Float32Array
  targets: Float32Array
  weights: Float32Array
  derivatives: Float32Array
}

/** Half the squared error. Returns the sum of the weighted losses, as the others do. */
export function deriveSquaredError({ scores, targets, weights, derivatives }: LossRows): number {
  let sum = 0
  for (let row = 0; row < scores.length; row++) {
    const error = scores[row]! - targets[row]!
    const weight = weights[row]!
    derivatives[2 * row] = weight * error
    derivatives[2 * row + 1] = weight
    sum += weight * error * error
  }
  return sum
}

/** The pinball loss: `level` times what the answer lies below the target, 1 − `level` times what it lies above. */
export function deriveQuantileLoss(
  { scores, targets, weights, derivatives }: LossRows,
  level: number,
): number {
  let sum = 0
  for (let row = 0; row < scores.length; row++) {
    const error = scores[row]! - targets[row]!
    const weight = weights[row]!
    const slope = error > 0 ? 1 - level : error < 0 ? -level : 0
    derivatives[2 * row] = weight * slope
    derivatives[2 * row + 1] = weight
    sum += weight * slope * error
  }
  return sum
}
