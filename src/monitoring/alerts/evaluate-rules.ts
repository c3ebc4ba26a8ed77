import { isAbout, type AlertRule } from '../../core/alert-rule.ts'
import type { MonitorPoint, MonitorSpec } from '../../core/monitor.ts'
import { monitorMetrics, type MonitorMetric } from '../../core/monitor-metrics.ts'
import type { AlertRecord, SilenceRecord } from '../../storage/alerts.ts'
import type { Tracking } from '../../storage/open-tracking.ts'
import type { Monitors } from '../monitors/monitors.ts'
import { advanceAlert, closeAlert, type Advance } from './advance-alert.ts'
import { judgeRule, type Series } from './judge-rule.ts'
import { noticeOf } from './alert-notice.ts'

/** What is known of a deployment beside its points. Times are epoch ms. */
export interface Watched {
  /** `MODEL:VERSION` of all that answer. */
  answering: readonly string[]
  /** From when on it was asked last; null while it does not answer. */
  aliveSince: number | null
}

const minuteMs = 60_000

/** Brings the alerts of a deployment up to date; true where one of them changed so that people should see it. */
export function evaluateRules(
  name: string,
  parts: {
    tracking: Pick<Tracking, 'alerts' | 'alertDeliveries' | 'transaction'>
    monitors: Pick<Monitors, 'series'>
    spec: Pick<MonitorSpec, 'isOn' | 'rules'>
    watched: Watched
    now: number
  },
): boolean {
  const { tracking, monitors, spec, watched, now } = parts
  const { alerts } = tracking
  const rules = spec.isOn ? spec.rules.filter(({ isOn }) => isOn) : []
  return tracking.transaction(() => {
    const open = new Map(alerts.open(name).map((alert) => [alert.rule, alert]))
    const silences = alerts.silences(now).filter(({ deployment }) => deployment === name)
    const advances = rules.map((rule) => {
      const alert = open.get(rule.id) ?? null
      open.delete(rule.id)
      const series = seriesOf(rule, { name, monitors, answering: watched.answering })
      if (alert && series.length === 0 && areReplaced(alert, watched.answering))
        return closeAlert(alert, 'version-replaced', now)
      const judgement = judgeRule(rule, { series, now, aliveSince: watched.aliveSince })
      const lastTold = alert?.toldAt ?? alerts.lastTold({ deployment: name, rule: rule.id })
      const moment = { deployment: name, now, quietUntil: quietUntil(rule, { lastTold, silences }) }
      return advanceAlert(rule, { alert, judgement, moment })
    })
    for (const alert of open.values())
      advances.push(closeAlert(alert, spec.isOn ? 'rule-changed' : 'not-watched', now))
    return advances.map((advance) => storeAdvance(advance, tracking, now)).includes(true)
  })
}

/** Whether an alert is about versions alone that answer no more. */
const areReplaced = ({ findings }: AlertRecord, answering: readonly string[]): boolean =>
  findings.every(({ version }) => version !== null && !answering.includes(version))

/** Until when nobody is told that a rule fires; in the past where they are. */
export function quietUntil(
  { id, quietMinutes }: Pick<AlertRule, 'id' | 'quietMinutes'>,
  { lastTold, silences }: { lastTold: number | null; silences: readonly SilenceRecord[] },
): number {
  const silenced = silences.filter(({ rule }) => rule === null || rule === id).map(({ until }) => until)
  return Math.max(lastTold === null ? 0 : lastTold + quietMinutes * minuteMs, ...silenced)
}

/** Stores what became of an alert, and what is to be told of it, within the transaction that is open. */
export function storeAdvance(
  advance: Advance,
  { alerts, alertDeliveries }: Pick<Tracking, 'alerts' | 'alertDeliveries'>,
  now: number,
): boolean {
  const tell = (alert: AlertRecord): void => {
    const kind = alert.state === 'resolved' ? 'resolved' : 'firing'
    const message = JSON.stringify(noticeOf(alert, kind))
    // Who never heard of its beginning is spared its end.
    const unheard = new Set(
      alertDeliveries
        .ofAlert(alert.number)
        .flatMap(({ state, channel }) => (state === 'failed' || state === 'dropped' ? [channel] : [])),
    )
    for (const channel of new Set(alert.channels.filter((each) => !unheard.has(each))))
      alertDeliveries.add({ alert: alert.number, channel, kind, message, now })
  }
  switch (advance.change) {
    case 'none':
      return false
    case 'forget':
      alerts.remove(advance.alert.number)
      return true
    case 'open': {
      const alert = alerts.add(advance.alert)
      if (advance.isTold) tell(alert)
      return true
    }
    case 'keep':
    case 'resolve':
      alerts.change(advance.alert)
      if (advance.isTold) tell(advance.alert)
      return true
  }
}

/** Enough for the windows in a row of some series, without reading all that was ever measured. */
const fewestPoints = 400
const mostPoints = 20_000

/** The newest points of each series that a rule looks at. */
function seriesOf(
  rule: AlertRule,
  {
    name,
    monitors,
    answering,
  }: { name: string; monitors: Pick<Monitors, 'series'>; answering: readonly string[] },
): Series[] {
  const metrics = monitorMetrics.filter((metric) => isAbout(rule, metric))
  return metrics.flatMap((metric) => {
    const read = readSeries(rule, { name, metric, monitors, limit: fewestPoints })
    const wanted = rule.for.kind === 'windows' ? rule.for.windows : 1
    const limit = Math.min(2 * wanted * read.series.length, mostPoints)
    const { series } =
      read.isCut && limit > fewestPoints ? readSeries(rule, { name, metric, monitors, limit }) : read
    return series.filter((points) => {
      const { version } = points[0]!
      return version === null || rule.version !== null || answering.includes(version)
    })
  })
}

function readSeries(
  { column, segment, version }: AlertRule,
  options: { name: string; metric: MonitorMetric; monitors: Pick<Monitors, 'series'>; limit: number },
): { series: Series[]; isCut: boolean } {
  const { name, metric, monitors, limit } = options
  const { points, isCut } = monitors.series(name, {
    metric,
    segment,
    limit,
    ...(column !== null && { column }),
    ...(version !== null && { version }),
  })
  const series = new Map<string, MonitorPoint[]>()
  for (const point of points) {
    const key = JSON.stringify([point.column, point.version])
    const known = series.get(key)
    if (known) known.push(point)
    else series.set(key, [point])
  }
  return { series: [...series.values()], isCut }
}
