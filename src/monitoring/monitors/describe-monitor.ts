import type { MonitorOverview, MonitorWindow } from '../../contract/monitoring-contract.ts'
import { operationMetrics, type MonitorMetric } from '../../core/monitor-metrics.ts'
import type { MonitorPoint, MonitorSpec } from '../../core/monitor.ts'
import { metricTitle, metricValueText } from '../../core/metric-words.ts'

export interface KnownOfMonitor {
  name: string
  spec: MonitorSpec
  /** Whether what it answers is logged at all. */
  isLogged: boolean
  /** The newest point of each series. */
  newest: readonly MonitorPoint[]
  /** The newest of the version with the most traffic. */
  window: MonitorWindow | null
  openRows: number
  measuredAt: number | null
  /** Why that version has nothing to be compared with; null where it has, or nobody knows yet. */
  withoutReference: string | null
}

/** How a deployment does, by what was measured of it last. */
export function describeMonitor(known: KnownOfMonitor): MonitorOverview {
  const { name, window, openRows, measuredAt } = known
  const own = known.newest.filter(
    ({ version, segment }) => segment === null && (version === null || version === window?.version),
  )
  const ofWindow = own.filter(({ from, version }) => version !== null && from === window?.from)
  const drifted = ofWindow
    .filter(({ metric, isBeyond }) => metric === 'column-drift' && isBeyond)
    .toSorted((a, b) => b.value / (b.limit ?? 1) - a.value / (a.limit ?? 1))
  return {
    name,
    ...healthOf(known, own),
    newest: own.filter(
      ({ metric, column, from }) =>
        isOperation(metric) || (column === null && (from === window?.from || metric.startsWith('quality-'))),
    ),
    driftedColumns: drifted.map(({ column }) => column!),
    window,
    openRows,
    measuredAt,
  }
}

const isOperation = (metric: MonitorMetric): boolean =>
  (operationMetrics as readonly MonitorMetric[]).includes(metric)

function healthOf(
  { spec, isLogged, window, openRows, withoutReference }: KnownOfMonitor,
  own: readonly MonitorPoint[],
): Pick<MonitorOverview, 'health' | 'reason'> {
  if (!spec.isOn) return { health: 'off', reason: 'It is not watched.' }
  if (!isLogged)
    return {
      health: 'waiting',
      reason: 'Its answers are not logged: only requests, errors and latency are known.',
    }
  if (!window) return { health: 'waiting', reason: waitingFor(spec, openRows) }
  const isNow = (point: MonitorPoint): boolean => point.isBeyond && point.from === window.from
  const quality = own.filter(({ metric, isBeyond }) => metric.startsWith('quality-') && isBeyond)
  const whole = own.find((point) => point.metric === 'drift-share' && isNow(point))
  if (quality.length > 0 || whole)
    return {
      health: 'alert',
      reason: [
        ...(whole ? [`${percent(whole.value)} of the columns have drifted.`] : []),
        ...quality.slice(0, 2).map(worseText),
      ].join(' '),
    }
  const beyond = own.filter(isNow)
  if (beyond.length > 0) return { health: 'warning', reason: beyondText(beyond) }
  if (withoutReference !== null) return { health: 'waiting', reason: withoutReference }
  return { health: 'ok', reason: 'All that was measured is within its limits.' }
}

function waitingFor({ window }: MonitorSpec, openRows: number): string {
  return window.kind === 'rows'
    ? `No window is full yet: ${openRows} of ${window.rows} rows were answered.`
    : `No window of ${window.minutes} minutes is over yet; ${openRows} rows were answered.`
}

const worseText = ({ metric, value, reference }: MonitorPoint): string =>
  `${metricTitle(metric)} is ${metricValueText(metric, value)}` +
  (reference === null ? '.' : `, and was ${metricValueText(metric, reference)}.`)

function beyondText(beyond: readonly MonitorPoint[]): string {
  const named = beyond.slice(0, 3).map(({ metric, column }) => {
    const about = column === null ? '' : ` of “${column}”`
    return `${metricTitle(metric)}${about}`
  })
  const more = beyond.length > named.length ? ` and ${beyond.length - named.length} more` : ''
  return `Beyond their limits: ${named.join(', ')}${more}.`
}

const percent = (share: number): string => `${Math.round(share * 100)} %`
