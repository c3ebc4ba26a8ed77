import { totalWeight, type ScoredRows } from './metrics/measured-rows.ts'
import { scoreSteps } from './metrics/score-steps.ts'
import type { ThresholdCounts } from './threshold-outcome.ts'

/** The thresholds that can make a difference, descending, and what comes of each. */
export interface ThresholdCandidates {
  /** One above all scores, from which nothing is positive; then each distinct score. */
  thresholds: Float32Array
  countsAt: (index: number) => ThresholdCounts
}

export function thresholdCandidates(rows: ScoredRows): ThresholdCandidates {
  const steps = scoreSteps(rows)
  const { positive, weights } = rows
  const total = totalWeight(positive.length, weights)
  const positives = totalWeight(
    positive.length,
    Float64Array.from(positive, (flag, row) => flag * (weights?.[row] ?? 1)),
  )
  const thresholds = new Float32Array(steps.thresholds.length + 1)
  thresholds[0] = steps.thresholds.length > 0 ? nextFloat32(steps.thresholds[0]!) : 1
  thresholds.set(steps.thresholds, 1)
  return {
    thresholds,
    countsAt(index) {
      const truePositives = index === 0 ? 0 : steps.truePositives[index - 1]!
      const falsePositives = index === 0 ? 0 : steps.falsePositives[index - 1]!
      return {
        truePositives,
        falsePositives,
        trueNegatives: total - positives - falsePositives,
        falseNegatives: positives - truePositives,
      }
    },
  }
}

/** The next larger float32 of a number that is not negative. */
function nextFloat32(value: number): number {
  const float = Float32Array.of(value)
  const bits = new Uint32Array(float.buffer)
  bits[0] = bits[0]! + 1
  return float[0]!
}
