import type { ScoredRows } from './measured-rows.ts'
import { byConvention, defined, undefinedBecause, type MetricValue } from './metric-value.ts'
import { scoreSteps, type ScoreSteps } from './score-steps.ts'

/** Precision and recall from the lowest threshold up, and a last point (1, 0) that has no threshold. */
export interface PrecisionRecallCurve {
  precision: number[]
  recall: number[]
  thresholds: number[]
}

/** One point a distinct score; null when no row is positive. */
export const precisionRecallCurve = (rows: ScoredRows): PrecisionRecallCurve | null =>
  precisionRecallCurveOf(scoreSteps(rows))

export function precisionRecallCurveOf({
  thresholds,
  truePositives,
  falsePositives,
}: ScoreSteps): PrecisionRecallCurve | null {
  const positives = truePositives.at(-1) ?? 0
  if (positives === 0) return null
  const curve: PrecisionRecallCurve = { precision: [], recall: [], thresholds: [] }
  for (let step = thresholds.length - 1; step >= 0; step--) {
    curve.precision.push(truePositives[step]! / (truePositives[step]! + falsePositives[step]!))
    curve.recall.push(truePositives[step]! / positives)
    curve.thresholds.push(thresholds[step]!)
  }
  curve.precision.push(1)
  curve.recall.push(0)
  return curve
}

/** The mean precision over steps of recall: Σ (recall − recall at the next threshold) · precision. */
export function averagePrecisionOf({ truePositives, falsePositives }: ScoreSteps): MetricValue {
  if (truePositives.length === 0) return undefinedBecause('There are no rows.')
  const positives = truePositives.at(-1)!
  if (positives === 0) return byConvention(0, 'No row is of the positive class.')
  let sum = 0
  let hits = 0
  for (let step = 0; step < truePositives.length; step++) {
    const precision = truePositives[step]! / (truePositives[step]! + falsePositives[step]!)
    sum += (truePositives[step]! - hits) * precision
    hits = truePositives[step]!
  }
  return defined(sum / positives)
}
