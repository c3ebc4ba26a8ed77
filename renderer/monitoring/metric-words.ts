import type { MonitorMetric } from '../../src/core/monitor-metrics.ts'
import type { MonitorPoint } from '../../src/core/monitor.ts'
import { amountText, shareText } from '../results/format-amounts.ts'
import { formatBytes, formatCount } from '../ui/format-amount.ts'

type Unit = 'share' | 'score' | 'count' | 'ms' | 'bytes'

interface MetricWords {
  title: string
  unit: Unit
}

/** What is measured, in words. */
export const metricWords: Readonly<Record<MonitorMetric, MetricWords>> = {
  'drift-share': { title: 'Columns that have drifted', unit: 'share' },
  'column-drift': { title: 'Drift', unit: 'score' },
  'prediction-drift': { title: 'Drift of the answers', unit: 'score' },
  'missing-share': { title: 'Missing values', unit: 'share' },
  'unseen-share': { title: 'Values never seen in training', unit: 'share' },
  'labelled-share': { title: 'Rows with a truth', unit: 'share' },
  'quality-accuracy': { title: 'Accuracy', unit: 'share' },
  'quality-auc': { title: 'ROC AUC', unit: 'score' },
  'quality-log-loss': { title: 'Log loss', unit: 'score' },
  'quality-calibration-error': { title: 'Calibration error', unit: 'share' },
  'quality-f1': { title: 'F1', unit: 'score' },
  'quality-mae': { title: 'Mean absolute error', unit: 'score' },
  'quality-rmse': { title: 'Root mean squared error', unit: 'score' },
  'quality-r2': { title: 'R²', unit: 'score' },
  'quality-score': { title: 'Score given by people', unit: 'share' },
  'expected-accuracy': { title: 'Expected accuracy', unit: 'share' },
  business: { title: 'Business metric', unit: 'score' },
  requests: { title: 'Requests', unit: 'count' },
  rows: { title: 'Rows', unit: 'count' },
  'latency-p50': { title: 'Median time to answer', unit: 'ms' },
  'latency-p95': { title: '95 % answered within', unit: 'ms' },
  'latency-p99': { title: '99 % answered within', unit: 'ms' },
  'error-share': { title: 'Refused or failed', unit: 'share' },
  'fallback-share': { title: 'Fallback answers', unit: 'share' },
  cpu: { title: 'Processor', unit: 'share' },
  memory: { title: 'Memory', unit: 'bytes' },
}

export function metricText(metric: MonitorMetric, value: number): string {
  switch (metricWords[metric].unit) {
    case 'share':
      return shareText(value)
    case 'score':
      return amountText(value)
    case 'count':
      return formatCount(Math.round(value))
    case 'ms':
      return `${amountText(value)} ms`
    case 'bytes':
      return formatBytes(value)
  }
}

/** With its interval, where there is one. */
export function pointText({ metric, value, low, high }: MonitorPoint): string {
  const told = metricText(metric, value)
  return low === null || high === null
    ? told
    : `${told} (${metricText(metric, low)} to ${metricText(metric, high)})`
}
