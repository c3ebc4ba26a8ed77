import { operationMetrics, type MonitorMetric } from '../../core/monitor-metrics.ts'
import type { MonitorPoint } from '../../core/monitor.ts'
import type { Gauge } from '../../serving/server-protocol.ts'
import { metricTitle } from '../../core/metric-words.ts'

const counted: ReadonlySet<MonitorMetric> = new Set(operationMetrics)

/**
 * The newest points of a deployment for Prometheus: `drift-share` is `pipewright_drift_share`. What its processes count
 * themselves they tell themselves.
 */
export function monitorGauges(deployment: string, newest: readonly MonitorPoint[]): Gauge[] {
  const told = newest.filter(({ metric }) => !counted.has(metric))
  const ends = new Map<string, number>()
  for (const { version, to } of told)
    if (version !== null) ends.set(version, Math.max(ends.get(version) ?? 0, to))
  return [
    ...told.map((point) => ({
      name: point.metric.replaceAll('-', '_'),
      help: helpOf(point.metric),
      labels: { deployment, ...labelsOf(point) },
      value: point.value,
    })),
    ...told.map((point) => ({
      name: 'monitor_beyond_limit',
      help: 'Whether a metric of the newest window is beyond its limit.',
      labels: { deployment, metric: point.metric, ...labelsOf(point) },
      value: Number(point.isBeyond),
    })),
    ...[...ends].map(([version, to]) => ({
      name: 'monitor_window_end_seconds',
      help: 'When the newest window that was measured ended.',
      labels: { deployment, ...versionLabels(version) },
      value: to / 1_000,
    })),
  ]
}

function labelsOf({ version, column, segment, metric }: MonitorPoint): Record<string, string> {
  return {
    ...versionLabels(version),
    ...(column !== null && { [metric === 'business' ? 'name' : 'column']: column }),
    ...(segment && { segment: `${segment.column}=${segment.value}` }),
  }
}

function versionLabels(text: string | null): Record<string, string> {
  if (text === null) return {}
  const at = text.lastIndexOf(':')
  return { model: text.slice(0, at), version: text.slice(at + 1) }
}

const helpOf = (metric: MonitorMetric): string => `${metricTitle(metric)} of the newest window.`
