import type { MonitorMetric } from './monitor-metrics.ts'

export interface MetricWords {
  title: string
  /** Shares go from 0 to 1; a score has no unit. */
  unit: 'share' | 'score' | 'count' | 'ms' | 'bytes'
}

/** What a monitor measures, in words. */
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

/** Of a metric that the monitor has, or of `quality`, which stands for several. */
export function metricTitle(metric: string): string {
  return metric === 'quality' ? 'Quality' : (wordsOf(metric)?.title ?? metric)
}

/** A value as people read it: `62 %`, `130 ms`, `1.2 GB`, `0.414`. */
export function metricValueText(metric: string, value: number): string {
  switch (wordsOf(metric)?.unit ?? 'score') {
    case 'share':
      return `${short(value * 100)} %`
    case 'ms':
      return `${short(value)} ms`
    case 'bytes':
      return value >= 1e9 ? `${short(value / 1e9)} GB` : `${short(value / 1e6)} MB`
    case 'count':
      return Math.round(value).toLocaleString('en-US')
    case 'score':
      return short(value)
  }
}

const wordsOf = (metric: string): MetricWords | undefined =>
  Object.hasOwn(metricWords, metric) ? metricWords[metric as MonitorMetric] : undefined

const short = (value: number): string => String(Number(value.toPrecision(3)))
