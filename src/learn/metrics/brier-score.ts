import { weightedMean, type ScoredRows } from './measured-rows.ts'
import { meanOrNone, type MetricValue } from './metric-value.ts'

/** The mean squared distance of the positive class's probability from 1 or 0. */
export function brierScore({ positive, scores, weights }: ScoredRows): MetricValue {
  return meanOrNone(weightedMean(positive.length, weights, (row) => (scores[row]! - positive[row]!) ** 2))
}
