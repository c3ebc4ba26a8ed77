/** What is measured, by the names under which it is stored, drawn, alerted on and offered to Prometheus. */
export const monitorMetrics = [
  'drift-share',
  'column-drift',
  'prediction-drift',
  'missing-share',
  'unseen-share',
  'labelled-share',
  'quality-accuracy',
  'quality-auc',
  'quality-log-loss',
  'quality-calibration-error',
  'quality-f1',
  'quality-mae',
  'quality-rmse',
  'quality-r2',
  'quality-score',
  'expected-accuracy',
  'business',
  'requests',
  'rows',
  'latency-p50',
  'latency-p95',
  'latency-p99',
  'error-share',
  'fallback-share',
  'cpu',
  'memory',
] as const
export type MonitorMetric = (typeof monitorMetrics)[number]

export const qualityMetrics = [
  'quality-accuracy',
  'quality-auc',
  'quality-log-loss',
  'quality-calibration-error',
  'quality-f1',
  'quality-mae',
  'quality-rmse',
  'quality-r2',
  'quality-score',
] as const satisfies readonly MonitorMetric[]
export type QualityMetric = (typeof qualityMetrics)[number]

/** What is measured by labels alone: where all of them are taken back, there is none of it. */
export const labelMetrics = [...qualityMetrics, 'labelled-share'] as const satisfies readonly MonitorMetric[]

/** Of the processes and the requests: measured by the minute, whatever the windows are. */
export const operationMetrics = [
  'requests',
  'rows',
  'latency-p50',
  'latency-p95',
  'latency-p99',
  'error-share',
  'fallback-share',
  'cpu',
  'memory',
] as const satisfies readonly MonitorMetric[]
export type OperationMetric = (typeof operationMetrics)[number]
