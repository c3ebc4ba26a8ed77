import type { MonitorMetric } from './monitor-metrics.ts'

interface MetricWords {
  /** As the beginning of a sentence. */
  title: string
  unit: 'share' | 'ms' | 'bytes' | 'plain'
}

/** What the metrics of a monitor are called, and what their values are. */
export const metricWords: Readonly<Record<MonitorMetric, MetricWords>> = {
  'drift-share': { title: 'Share of columns that drifted', unit: 'share' },
  'column-drift': { title: 'Drift of a column', unit: 'plain' },
  'prediction-drift': { title: 'Drift of the answers', unit: 'plain' },
  'missing-share': { title: 'Share of missing values', unit: 'share' },
  'unseen-share': { title: 'Share of values never seen before', unit: 'share' },
  'labelled-share': { title: 'Share of answers with a truth', unit: 'share' },
  'quality-accuracy': { title: 'Accuracy', unit: 'share' },
  'quality-auc': { title: 'Area under the ROC curve', unit: 'plain' },
  'quality-log-loss': { title: 'Log loss', unit: 'plain' },
  'quality-calibration-error': { title: 'Calibration error', unit: 'share' },
  'quality-f1': { title: 'F1', unit: 'share' },
  'quality-mae': { title: 'Mean absolute error', unit: 'plain' },
  'quality-rmse': { title: 'Root mean squared error', unit: 'plain' },
  'quality-r2': { title: 'R²', unit: 'plain' },
  'quality-score': { title: 'Mean score', unit: 'plain' },
  'expected-accuracy': { title: 'Expected accuracy', unit: 'share' },
  business: { title: 'Business metric', unit: 'plain' },
  requests: { title: 'Requests', unit: 'plain' },
  rows: { title: 'Rows', unit: 'plain' },
  'latency-p50': { title: 'Latency, p50', unit: 'ms' },
  'latency-p95': { title: 'Latency, p95', unit: 'ms' },
  'latency-p99': { title: 'Latency, p99', unit: 'ms' },
  'error-share': { title: 'Share of failed requests', unit: 'share' },
  'fallback-share': { title: 'Share of answers from the fallback', unit: 'share' },
  cpu: { title: 'Cores in use', unit: 'plain' },
  memory: { title: 'Memory', unit: 'bytes' },
}

/** Of a metric that the monitor has, or of `quality`, which stands for several. */
export function metricTitle(metric: string): string {
  return metric === 'quality' ? 'Quality' : (wordsOf(metric)?.title ?? metric)
}

/** A value as people read it: `62 %`, `130 ms`, `1.2 GB`, `0.414`. */
export function metricValueText(metric: string, value: number): string {
  switch (wordsOf(metric)?.unit ?? 'plain') {
    case 'share':
      return `${short(value * 100)} %`
    case 'ms':
      return `${short(value)} ms`
    case 'bytes':
      return value >= 2 ** 30 ? `${short(value / 2 ** 30)} GB` : `${short(value / 2 ** 20)} MB`
    case 'plain':
      return short(value)
  }
}

const wordsOf = (metric: string): MetricWords | undefined =>
  Object.hasOwn(metricWords, metric) ? metricWords[metric as MonitorMetric] : undefined

const short = (value: number): string => String(Number(value.toPrecision(3)))
