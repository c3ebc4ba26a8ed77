import type { AlertFinding } from '../../core/alert-finding.ts'
import type { AlertRule } from '../../core/alert-rule.ts'
import type { MonitorPoint } from '../../core/monitor.ts'

/** Points of one metric, column, segment and version; the newest last. */
export type Series = readonly MonitorPoint[]

/**
 * What a rule says of the newest points. `building`: it is beyond, but not for long enough. `since` is the end of the
 * first window that is, epoch ms; of missing data the time since nothing came.
 */
export type Judgement =
  | { state: 'clear' }
  | { state: 'building' | 'met'; since: number; findings: readonly AlertFinding[] }

const minuteMs = 60_000

/** `aliveSince`: from when on data could have come; null while none can. Times are epoch ms. */
export function judgeRule(
  rule: AlertRule,
  { series, now, aliveSince }: { series: readonly Series[]; now: number; aliveSince: number | null },
): Judgement {
  if (rule.comparison === 'no-data') return judgeSilence(rule, { series, now, aliveSince })
  const runs = series.map((points) => runOf(rule, points)).filter((run) => run.length > 0)
  const met = runs.filter((run) => lastsLongEnough(rule, run, now))
  const shown = met.length > 0 ? met : runs
  if (shown.length === 0) return { state: 'clear' }
  return {
    state: met.length > 0 ? 'met' : 'building',
    since: Math.min(...shown.map((run) => run[0]!.to)),
    findings: shown.map((run) => findingOf(rule, run)),
  }
}

/** The newest points in a row that are beyond. */
function runOf(rule: AlertRule, points: Series): Series {
  const lastGood = points.findLastIndex((point) => !isBeyond(rule, point))
  return points.slice(lastGood + 1)
}

function isBeyond({ comparison, threshold }: AlertRule, point: MonitorPoint): boolean {
  switch (comparison) {
    case 'above':
      return point.value > threshold!
    case 'below':
      return point.value < threshold!
    case 'beyond-limit':
      return point.isBeyond
    case 'no-data':
      return false
  }
}

function lastsLongEnough({ for: holding }: AlertRule, run: Series, now: number): boolean {
  switch (holding.kind) {
    case 'windows':
      return run.length >= holding.windows
    case 'minutes':
      return now - run[0]!.to >= holding.minutes * minuteMs
  }
}

function findingOf({ threshold }: AlertRule, run: Series): AlertFinding {
  const { metric, column, segment, version, from, to, value, limit } = run.at(-1)!
  return {
    metric,
    column,
    segment,
    version,
    from,
    to,
    value,
    limit: threshold ?? limit,
    windows: run.length,
  }
}

function judgeSilence(
  rule: AlertRule,
  { series, now, aliveSince }: { series: readonly Series[]; now: number; aliveSince: number | null },
): Judgement {
  const newest = series.map((points) => points.at(-1)).filter((point) => point !== undefined)
  const last = Math.max(...newest.map(({ to }) => to), aliveSince ?? Number.NEGATIVE_INFINITY)
  if (aliveSince === null || rule.for.kind !== 'minutes' || now - last < rule.for.minutes * minuteMs)
    return { state: 'clear' }
  const { metric, column, segment, version } = rule
  return {
    state: 'met',
    since: last,
    findings: [
      { metric, column, segment, version, from: last, to: now, value: null, limit: null, windows: 0 },
    ],
  }
}
