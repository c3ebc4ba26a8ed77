import { metricDirection } from '../../src/core/metric-direction.ts'

/** Metrics that tell most, the best known first. */
const telling = ['roc_auc', 'f1', 'accuracy', 'rmse', 'r2', 'mae']
const mostMetrics = 2

export interface RunHeadline {
  /** Where several models were judged, the best of them. */
  model: string | null
  metrics: readonly { name: string; value: number }[]
}

/** What tells most of a run: of its models that which is best by the first of the metrics. */
export function runHeadline(metrics: Readonly<Record<string, number>>): RunHeadline {
  const judgedBy = (name: string): { owner: string; value: number }[] =>
    Object.entries(metrics)
      .filter(([path]) => path.endsWith(`.${name}`))
      .map(([path, value]) => ({ owner: path.slice(0, -name.length - 1), value }))
  const first = telling.find((name) => judgedBy(name).length > 0)
  if (first === undefined) return { model: null, metrics: [] }
  const sign = metricDirection(first) === 'lower' ? -1 : 1
  const judged = judgedBy(first).toSorted((a, b) => sign * (b.value - a.value))
  const { owner } = judged[0]!
  return {
    model: judged.length > 1 ? owner.slice(owner.indexOf('.') + 1) : null,
    metrics: telling
      .map((name) => ({ name, value: metrics[`${owner}.${name}`] }))
      .filter((metric): metric is { name: string; value: number } => metric.value !== undefined)
      .slice(0, mostMetrics),
  }
}
