import type { ScoredRows } from './metrics/measured-rows.ts'
import { thinCurve } from './metrics/thin-curve.ts'
import { thresholdCandidates } from './threshold-candidates.ts'
import { metricOf, thresholdMetrics, type ThresholdMetric } from './threshold-outcome.ts'

/** The metrics at each threshold that can make a difference, descending; at most `points` of them. */
export type ThresholdCurve = Record<ThresholdMetric | 'threshold', number[]>

export function thresholdCurve(rows: ScoredRows, points: number): ThresholdCurve {
  const { thresholds, countsAt } = thresholdCandidates(rows)
  const { kept } = thinCurve({ kept: Array.from(thresholds.keys()) }, points)
  const columns = thresholdMetrics.map((metric) => [
    metric,
    kept.map((index) => metricOf(metric, countsAt(index))),
  ])
  return {
    threshold: kept.map((index) => thresholds[index]!),
    ...(Object.fromEntries(columns) as Record<ThresholdMetric, number[]>),
  }
}
