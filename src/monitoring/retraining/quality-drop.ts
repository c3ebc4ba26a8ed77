import { metricDirection } from '../../core/metric-direction.ts'
import { qualityMetrics, type QualityMetric } from '../../core/monitor-metrics.ts'
import type { RetrainingPolicy } from '../../core/retraining.ts'

/** Where nothing else is chosen: the first of these that is measured. */
const usual: readonly QualityMetric[] = ['quality-accuracy', 'quality-mae', 'quality-score']

/** Quality metrics in the order in which they decide: that of the judgement first. */
export function decidingMetrics({ judgement: { metric } }: RetrainingPolicy): readonly QualityMetric[] {
  const plain = metric === 'roc_auc' ? 'auc' : metric?.replaceAll('_', '-')
  const chosen = qualityMetrics.filter((name) => name === `quality-${plain}`)
  return [...chosen, ...usual]
}

/** How far quality fell: points of a share, or the part by which an error grew; below 0 where it rose. */
export function dropOf(metric: QualityMetric, before: number, now: number): number {
  const plain = metric.slice('quality-'.length).replaceAll('-', '_')
  const isError = metricDirection(plain) === 'lower' || metric === 'quality-calibration-error'
  return isError ? (now - before) / Math.max(Math.abs(before), Number.MIN_VALUE) : before - now
}
