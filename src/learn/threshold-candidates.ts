import type { ScoredRows } from './metrics/measured-rows.ts'
import { scoreSteps, type ScoreSteps } from './metrics/score-steps.ts'
import type { ThresholdCounts } from './threshold-outcome.ts'

/** The thresholds that can make a difference, descending, and what comes of each. */
export interface ThresholdCandidates {
  /** One above all scores, from which nothing is positive; then each distinct score. */
  thresholds: Float32Array
  countsAt: (index: number) => ThresholdCounts
}

export function thresholdCandidates(
  rows: ScoredRows,
  { thresholds, truePositives, falsePositives }: ScoreSteps = scoreSteps(rows),
): ThresholdCandidates {
  const unscored = weightWithoutScore(rows)
  // Added up in the order of the steps, so that at the last one nothing is left over by rounding.
  const positives = (truePositives.at(-1) ?? 0) + unscored.positive
  const negatives = (falsePositives.at(-1) ?? 0) + unscored.negative
  const candidates = new Float32Array(thresholds.length + 1)
  candidates[0] = thresholds.length > 0 ? nextFloat32(thresholds[0]!) : 1
  candidates.set(thresholds, 1)
  return {
    thresholds: candidates,
    countsAt(index) {
      const [right, wrong] = index === 0 ? [0, 0] : [truePositives[index - 1]!, falsePositives[index - 1]!]
      return {
        truePositives: right,
        falsePositives: wrong,
        trueNegatives: negatives - wrong,
        falseNegatives: positives - right,
      }
    },
  }
}

/** Rows whose score is NaN are never answered “positive”, whatever the threshold. */
function weightWithoutScore({ positive, scores, weights }: ScoredRows) {
  const weight = { positive: 0, negative: 0 }
  for (let row = 0; row < scores.length; row++)
    if (Number.isNaN(scores[row]!))
      weight[positive[row] === 1 ? 'positive' : 'negative'] += weights?.[row] ?? 1
  return weight
}

/** The next larger float32 of a number that is not negative. */
function nextFloat32(value: number): number {
  const float = Float32Array.of(value)
  const bits = new Uint32Array(float.buffer)
  bits[0] = bits[0]! + 1
  return float[0]!
}
