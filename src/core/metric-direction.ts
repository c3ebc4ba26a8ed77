const higher = new Set([
  'accuracy',
  'precision',
  'recall',
  'f1',
  'roc_auc',
  'average_precision',
  'r2',
  'silhouette',
])
const lower = new Set([
  'log_loss',
  'brier_score',
  'rmse',
  'mae',
  'mse',
  'mape',
  'median_absolute_error',
  'deviance',
])

/** Which way a metric is better: of any rows (`validation_f1`) and any model (`trees.f1`); null where neither is. */
export function metricDirection(name: string): 'higher' | 'lower' | null {
  const plain = name
    .slice(name.lastIndexOf('.') + 1)
    .replace(/^(?:(?:train|validation|test|balanced|mean)_)+/, '')
  if (higher.has(plain)) return 'higher'
  return lower.has(plain) ? 'lower' : null
}
