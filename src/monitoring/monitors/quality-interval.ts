import type { QualityMetric } from '../../core/monitor-metrics.ts'
import { estimateShare } from '../../serving/deployments/compare-samples.ts'
import { normal975 } from './judge-quality.ts'
import type { MeasuredQuality } from './measure-quality.ts'

/** What a metric can be at least and at most. */
const bounds: Readonly<Record<QualityMetric, readonly [least: number, most: number]>> = {
  'quality-accuracy': [0, 1],
  'quality-auc': [0, 1],
  'quality-log-loss': [0, Infinity],
  'quality-calibration-error': [0, 1],
  'quality-f1': [0, 1],
  'quality-mae': [0, Infinity],
  'quality-rmse': [0, Infinity],
  'quality-r2': [-Infinity, 1],
  'quality-score': [0, 1],
}

/** Where the metric of all such rows is with 95 %: of accuracy by Wilson (1927), of others by their standard error. */
export function qualityInterval({ metric, rows, value, error }: MeasuredQuality): {
  low: number
  high: number
} {
  if (metric === 'quality-accuracy') {
    const { low, high } = estimateShare(Math.round(value * rows), rows)
    return { low: low!, high: high! }
  }
  const half = normal975 * error
  const [least, most] = bounds[metric]
  return { low: Math.max(least, value - half), high: Math.min(most, value + half) }
}
