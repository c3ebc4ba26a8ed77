import type { ScoredRows } from './measured-rows.ts'
import { orderByScore } from './order-by-score.ts'

/** What is answered “positive” when every row with at least a score is: one entry a distinct score, the highest first. */
export interface ScoreSteps {
  thresholds: Float32Array
  truePositives: Float64Array
  falsePositives: Float64Array
}

/**
 * Rows without weight leave no trace; rows without a score (NaN) are never answered “positive”. The order need not be found
 * again for the same scores with other weights.
 */
export function scoreSteps(
  { positive, scores, weights }: ScoredRows,
  order: Uint32Array = orderByScore(scores),
): ScoreSteps {
  const steps = {
    thresholds: new Float32Array(order.length),
    truePositives: new Float64Array(order.length),
    falsePositives: new Float64Array(order.length),
  }
  let count = 0
  let truePositives = 0
  let falsePositives = 0
  for (const row of order) {
    const weight = weights ? weights[row]! : 1
    if (weight === 0 || Number.isNaN(scores[row]!)) continue
    if (positive[row] === 1) truePositives += weight
    else falsePositives += weight
    if (count === 0 || steps.thresholds[count - 1] !== scores[row]) steps.thresholds[count++] = scores[row]!
    steps.truePositives[count - 1] = truePositives
    steps.falsePositives[count - 1] = falsePositives
  }
  return {
    thresholds: steps.thresholds.subarray(0, count),
    truePositives: steps.truePositives.subarray(0, count),
    falsePositives: steps.falsePositives.subarray(0, count),
  }
}
