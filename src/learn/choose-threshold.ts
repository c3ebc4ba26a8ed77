import { learnError } from './errors.ts'
import type { ScoredRows } from './metrics/measured-rows.ts'
import { thresholdCandidates } from './threshold-candidates.ts'
import {
  metricOf,
  outcomeOf,
  type ThresholdCounts,
  type ThresholdMetric,
  type ThresholdOutcome,
} from './threshold-outcome.ts'

/** How a threshold is to be chosen. */
export type ThresholdGoal =
  | { method: 'best'; metric: ThresholdMetric }
  /** Reaches a precision (recall) with the highest recall (precision). */
  | { method: 'reach'; metric: 'precision' | 'recall'; goal: number }
  | { method: 'costs'; falsePositiveCost: number; falseNegativeCost: number }

/**
 * The best of all thresholds that can make a difference: each distinct score, and one above them all, from which
 * nothing is positive. Of equally good ones the nearest to one half counts, of two as near the higher.
 * `positiveClass` is what the positive class is called in messages.
 */
export function chooseThreshold(
  rows: ScoredRows,
  goal: ThresholdGoal,
  positiveClass: string,
): ThresholdOutcome {
  if (rows.positive.length === 0) throw learnError('no-validation-rows')
  const { thresholds, countsAt } = thresholdCandidates(rows)
  if (goal.method !== 'costs' && countsAt(0).falseNegatives === 0) {
    throw learnError('no-positive-rows', { positive: positiveClass })
  }
  let best = -1
  let bestMerit = -Infinity
  for (let index = 0; index < thresholds.length; index++) {
    const merit = meritOf(goal, countsAt(index))
    if (merit === null || merit < bestMerit) continue
    if (best >= 0 && merit === bestMerit && !isNearerToHalf(thresholds[index]!, thresholds[best]!)) continue
    best = index
    bestMerit = merit
  }
  if (best < 0) throw unreachable(goal, Array.from(thresholds.keys(), countsAt))
  return outcomeOf(thresholds[best]!, countsAt(best))
}

/** The higher the better; null where a threshold does not come into question. */
function meritOf(goal: ThresholdGoal, counts: ThresholdCounts): number | null {
  switch (goal.method) {
    case 'best':
      return metricOf(goal.metric, counts)
    case 'reach': {
      const other = goal.metric === 'precision' ? 'recall' : 'precision'
      return metricOf(goal.metric, counts) >= goal.goal ? metricOf(other, counts) : null
    }
    case 'costs':
      return -(
        goal.falsePositiveCost * counts.falsePositives +
        goal.falseNegativeCost * counts.falseNegatives
      )
  }
}

/** Candidates come in descending order, so that one that is as near is lower. */
const isNearerToHalf = (threshold: number, than: number): boolean =>
  Math.abs(threshold - 0.5) < Math.abs(than - 0.5)

function unreachable(goal: ThresholdGoal, counts: readonly ThresholdCounts[]) {
  if (goal.method !== 'reach') throw new TypeError('there is always a best threshold')
  const best = counts.reduce((highest, each) => Math.max(highest, metricOf(goal.metric, each)), 0)
  return learnError('threshold-unreachable', {
    metric: goal.metric,
    goal: goal.goal,
    best: Number(best.toPrecision(4)),
  })
}
