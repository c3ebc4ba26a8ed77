import type { MonitorMetric } from '../../core/monitor-metrics.ts'

/** What a query is about: one deployment by its name, or the one that a dashboard shows. */
export type Scope = { deployment: string } | 'chosen'

/** Text of PromQL in double quotes. */
export const quoted = (text: string): string => JSON.stringify(text)

export function matcherOf(scope: Scope): string {
  return scope === 'chosen' ? 'deployment=~"$deployment"' : `deployment=${quoted(scope.deployment)}`
}

/** The gauge that a metric of a monitor is offered to Prometheus as. */
export const gaugeOf = (metric: string): string => `pipewright_${metric.replaceAll('-', '_')}`

const ratesOver = '5m'

/**
 * What the counters of the endpoint itself say of a metric, over five minutes and in the monitor's unit: it is known as
 * long as the endpoint is, whatever becomes of the monitor. Null for what only the monitor measures.
 */
export function operationQuery(metric: string, scope: Scope): string | null {
  return queries.get(metric as MonitorMetric)?.(matcherOf(scope)) ?? null
}

const perMinute =
  (counter: string) =>
  (of: string): string =>
    `60 * sum by (deployment) (rate(pipewright_${counter}{${of}}[${ratesOver}]))`

const latencyQuery =
  (quantile: number) =>
  (of: string): string =>
    `1000 * histogram_quantile(${quantile}, sum by (deployment, le) (rate(pipewright_latency_seconds_bucket{${of}}[${ratesOver}])))`

/** Of all that was asked: what failed is not among what was answered. */
function shareQuery(counter: string, of: string): string {
  const rate = (name: string): string => `sum by (deployment) (rate(${name}{${of}}[${ratesOver}]))`
  return `${rate(counter)} / (${rate(counter)} + ${rate('pipewright_requests_total')})`
}

const queries = new Map<MonitorMetric, (of: string) => string>([
  ['requests', perMinute('requests_total')],
  ['rows', perMinute('predictions_total')],
  ['latency-p50', latencyQuery(0.5)],
  ['latency-p95', latencyQuery(0.95)],
  ['latency-p99', latencyQuery(0.99)],
  ['error-share', (of) => shareQuery('pipewright_errors_total', of)],
  ['memory', (of) => `sum by (deployment) (pipewright_resident_memory_bytes{${of}})`],
  ['cpu', (of) => `sum by (deployment) (rate(pipewright_cpu_seconds_total{${of}}[${ratesOver}]))`],
])
