import { isPositive } from './float32-threshold.ts'
import type { ScoredRows } from './metrics/measured-rows.ts'

/** Weight of the rows by what they are and what they are answered with. */
export interface ThresholdCounts {
  truePositives: number
  falsePositives: number
  trueNegatives: number
  falseNegatives: number
}

export const thresholdMetrics = ['f1', 'accuracy', 'balanced_accuracy', 'precision', 'recall'] as const
export type ThresholdMetric = (typeof thresholdMetrics)[number]

/** What comes of answering “positive” from a threshold on; a metric without rows to speak of is 0. */
export interface ThresholdOutcome extends Record<ThresholdMetric, number>, ThresholdCounts {
  threshold: number
}

export function outcomeAt({ positive, scores, weights }: ScoredRows, threshold: number): ThresholdOutcome {
  const counts = { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 }
  for (let row = 0; row < scores.length; row++) {
    const answer = isPositive(scores[row]!, threshold) ? 'Positives' : 'Negatives'
    const isRight = (positive[row] === 1) === (answer === 'Positives')
    counts[`${isRight ? 'true' : 'false'}${answer}`] += weights ? weights[row]! : 1
  }
  return outcomeOf(threshold, counts)
}

export function outcomeOf(threshold: number, counts: ThresholdCounts): ThresholdOutcome {
  const metrics = thresholdMetrics.map((metric) => [metric, metricOf(metric, counts)])
  return { threshold, ...(Object.fromEntries(metrics) as Record<ThresholdMetric, number>), ...counts }
}

export function metricOf(metric: ThresholdMetric, counts: ThresholdCounts): number {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts
  switch (metric) {
    case 'f1':
      return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
    case 'accuracy':
      return share(
        truePositives + trueNegatives,
        truePositives + falsePositives + trueNegatives + falseNegatives,
      )
    case 'balanced_accuracy':
      return (
        (share(truePositives, truePositives + falseNegatives) +
          share(trueNegatives, trueNegatives + falsePositives)) /
        2
      )
    case 'precision':
      return share(truePositives, truePositives + falsePositives)
    case 'recall':
      return share(truePositives, truePositives + falseNegatives)
  }
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)
