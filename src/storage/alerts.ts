import type { AlertFinding, AlertState, ResolveReason } from '../core/alert-finding.ts'
import type { AlertSeverity } from '../core/alert-rule.ts'
import type { Sql } from './sql.ts'

/** What a rule found on a deployment, from the first window on. Times are epoch ms. */
export interface AlertRecord {
  number: number
  deployment: string
  rule: string
  /** `deployment/rule/firedAt`; null until it fires. */
  key: string | null
  title: string
  severity: AlertSeverity
  state: AlertState
  since: number
  firedAt: number | null
  /** Null while nobody was told. */
  toldAt: number | null
  resolvedAt: number | null
  resolvedBecause: ResolveReason | null
  /** In words. */
  message: string
  findings: readonly AlertFinding[]
  /** Whom it was told. */
  channels: readonly string[]
}
export type NewAlert = Omit<AlertRecord, 'number'>

export interface SilenceRecord {
  number: number
  deployment: string
  /** Null: all rules. */
  rule: string | null
  until: number
  note: string
}

export interface Alerts {
  /** Those that are not over. */
  open(deployment?: string): AlertRecord[]
  /** Those that are over, the newest first, before that number. */
  history(page: { deployment: string | null; limit: number; before: number | null }): AlertRecord[]
  add(alert: NewAlert): AlertRecord
  change(alert: AlertRecord): void
  /** Of one that never fired. */
  remove(number: number): void
  /** When anybody was told of that rule last; null for never. */
  lastTold(about: { deployment: string; rule: string }): number | null
  silence(silence: Omit<SilenceRecord, 'number'>): SilenceRecord
  /** False where there is none with that number. */
  endSilence(number: number): boolean
  /** Those that still hold. */
  silences(now: number): SilenceRecord[]
}

type AlertRow = Omit<AlertRecord, 'findings' | 'channels'> & { findings: string; channels: string }

const select = `select number, deployment, rule, key, title, severity, state, since, fired_at as firedAt,
  told_at as toldAt, resolved_at as resolvedAt, resolved_because as resolvedBecause, message, findings, channels
  from alerts`

/** Of those that are over; older ones are forgotten. */
const mostKept = 5_000

export function createAlerts(sql: Sql): Alerts {
  const valuesOf = ({ findings, channels, ...alert }: NewAlert) => ({
    ...alert,
    findings: JSON.stringify(findings),
    channels: JSON.stringify(channels),
  })
  return {
    open: (deployment) =>
      sql
        .all<AlertRow>(
          `${select} where state <> 'resolved' and (:deployment is null or deployment = :deployment)
           order by number desc`,
          { deployment: deployment ?? null },
        )
        .map(recordOf),
    history: ({ deployment, limit, before }) =>
      sql
        .all<AlertRow>(
          `${select} where state = 'resolved' and (:deployment is null or deployment = :deployment)
             and (:before is null or number < :before)
           order by number desc limit :limit`,
          { deployment, limit, before },
        )
        .map(recordOf),
    add(alert) {
      sql.run(
        `insert into alerts (deployment, rule, key, title, severity, state, since, fired_at, told_at, resolved_at,
           resolved_because, message, findings, channels)
         values (:deployment, :rule, :key, :title, :severity, :state, :since, :firedAt, :toldAt, :resolvedAt,
           :resolvedBecause, :message, :findings, :channels)`,
        valuesOf(alert),
      )
      const { deployment, rule } = alert
      return recordOf(
        sql.get<AlertRow>(`${select} where deployment = :deployment and rule = :rule order by number desc`, {
          deployment,
          rule,
        })!,
      )
    },
    change({ number, ...alert }) {
      const { deployment: _, rule: __, ...values } = valuesOf(alert)
      sql.run(
        `update alerts set key = :key, title = :title, severity = :severity, state = :state, since = :since,
           fired_at = :firedAt, told_at = :toldAt, resolved_at = :resolvedAt, resolved_because = :resolvedBecause,
           message = :message, findings = :findings, channels = :channels
         where number = :number`,
        { number, ...values },
      )
      if (alert.state === 'resolved') forgetOld(sql)
    },
    remove: (number) => void sql.run('delete from alerts where number = :number', { number }),
    lastTold: ({ deployment, rule }) =>
      sql.get<{ at: number | null }>(
        'select max(told_at) as at from alerts where deployment = :deployment and rule = :rule',
        { deployment, rule },
      )?.at ?? null,
    silence: (silence) =>
      sql.transaction(() => {
        sql.run(
          `insert into alert_silences (deployment, rule, until, note)
           values (:deployment, :rule, :until, :note)`,
          { ...silence },
        )
        const { number } = sql.get<{ number: number }>('select max(number) as number from alert_silences')!
        return { number, ...silence }
      }),
    endSilence: (number) => sql.run('delete from alert_silences where number = :number', { number }) > 0,
    silences: (now) =>
      sql.all<SilenceRecord>(
        'select number, deployment, rule, until, note from alert_silences where until > :now order by until',
        { now },
      ),
  }
}

function forgetOld(sql: Sql): void {
  sql.run(
    `delete from alerts where state = 'resolved'
       and number <= (select number from alerts where state = 'resolved' order by number desc limit 1 offset :most)
       and not exists (select 1 from alert_deliveries where alert = alerts.number and state = 'waiting')`,
    { most: mostKept },
  )
}

function recordOf(row: AlertRow): AlertRecord {
  return {
    ...row,
    findings: JSON.parse(row.findings) as AlertFinding[],
    channels: JSON.parse(row.channels) as string[],
  }
}
