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

/** Answers that somebody got: a shadow’s are among the counters, too. */
const given = 'role!="shadow"'

export const rateOf = (series: string): string =>
  `sum by (deployment) (rate(pipewright_${series}[${ratesOver}]))`

const latencyQuery =
  (quantile: number) =>
  (of: string): string =>
    `1000 * histogram_quantile(${quantile}, sum by (deployment, le) (rate(pipewright_latency_seconds_bucket{${of}, ${given}}[${ratesOver}])))`

const answers = (of: string): string => rateOf(`requests_total{${of}, ${given}}`)

/** Answered or not; who never failed has no counter of failures. */
function requestsAMinute(of: string): string {
  return `60 * ((${answers(of)} + ${rateOf(`errors_total{${of}}`)}) or ${answers(of)})`
}

/** Of all that was asked: what failed is not among what was answered. */
function errorShare(of: string): string {
  const errors = rateOf(`errors_total{${of}}`)
  return `${errors} / (${errors} + ${answers(of)})`
}

const queries = new Map<MonitorMetric, (of: string) => string>([
  ['requests', requestsAMinute],
  ['rows', (of) => `60 * ${rateOf(`predictions_total{${of}, ${given}}`)}`],
  ['latency-p50', latencyQuery(0.5)],
  ['latency-p95', latencyQuery(0.95)],
  ['latency-p99', latencyQuery(0.99)],
  ['error-share', errorShare],
  ['fallback-share', (of) => `${rateOf(`requests_total{${of}, role="fallback"}`)} / ${answers(of)}`],
])
