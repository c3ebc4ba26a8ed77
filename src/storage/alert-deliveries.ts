import type { Sql } from './sql.ts'

export const deliveryKinds = ['firing', 'resolved'] as const
export type DeliveryKind = (typeof deliveryKinds)[number]

/** A message on its way to a channel. Times are epoch ms. */
export interface DeliveryRecord {
  number: number
  /** The alert that it is about. */
  alert: number
  channel: string
  kind: DeliveryKind
  /** As JSON, as it was when the alert changed: each attempt sends the same. */
  message: string
  /** `failed`: for good. `dropped`: nobody waits for it any more. */
  state: 'waiting' | 'delivered' | 'failed' | 'dropped'
  attempts: number
  problem: string | null
  madeAt: number
  /** When it is tried next, or was done with. */
  at: number
}

export interface AlertDeliveries {
  /** Part of the transaction that changes the alert. */
  add(delivery: Pick<DeliveryRecord, 'alert' | 'channel' | 'kind' | 'message'> & { now: number }): void
  /** What is to be tried by then, the oldest first; of an alert and a channel the first that waits alone. */
  due(now: number): DeliveryRecord[]
  /** When one of those is to be tried next; null where nothing waits. */
  nextAt(): number | null
  note(delivery: Pick<DeliveryRecord, 'number' | 'state' | 'attempts' | 'problem' | 'at'>): void
  /** Lets what waits for a channel be tried now. */
  hurry(channel: string, now: number): void
  /** Drops what waits for a channel. */
  dropChannel(channel: string, now: number): void
  /** Drops what waits for a channel about one alert. */
  dropRest(about: { alert: number; channel: string; now: number }): void
  ofAlert(alert: number): DeliveryRecord[]
  /** Of each channel what was tried last, delivered or not. */
  newest(): Pick<DeliveryRecord, 'channel' | 'state' | 'problem' | 'at'>[]
}

const select = `select number, alert, channel, kind, message, state, attempts, problem, made_at as madeAt, at
  from alert_deliveries`
/** The end of an alert is told after its beginning. */
const isNext = `state = 'waiting' and not exists (select 1 from alert_deliveries as earlier
  where earlier.state = 'waiting' and earlier.alert = mine.alert and earlier.channel = mine.channel
    and earlier.number < mine.number)`

export function createAlertDeliveries(sql: Sql): AlertDeliveries {
  return {
    add: ({ now, ...delivery }) =>
      void sql.run(
        `insert into alert_deliveries (alert, channel, kind, message, state, attempts, made_at, at)
         values (:alert, :channel, :kind, :message, 'waiting', 0, :now, :now)
         on conflict (alert, channel, kind) do nothing`,
        { ...delivery, now },
      ),
    due: (now) =>
      sql.all<DeliveryRecord>(`${select} as mine where at <= :now and ${isNext} order by at, number`, {
        now,
      }),
    nextAt: () =>
      sql.get<{ at: number | null }>(`select min(at) as at from alert_deliveries as mine where ${isNext}`)
        ?.at ?? null,
    note: ({ number, state, attempts, problem, at }) =>
      void sql.run(
        `update alert_deliveries set state = :state, attempts = :attempts, problem = :problem, at = :at
         where number = :number`,
        { number, state, attempts, problem, at },
      ),
    hurry: (channel, now) =>
      void sql.run(
        `update alert_deliveries set at = :now where channel = :channel and state = 'waiting' and at > :now`,
        { channel, now },
      ),
    dropChannel: (channel, now) =>
      void sql.run(
        `update alert_deliveries set state = 'dropped', at = :now where channel = :channel and state = 'waiting'`,
        { channel, now },
      ),
    dropRest: ({ alert, channel, now }) =>
      void sql.run(
        `update alert_deliveries set state = 'dropped', at = :now
         where alert = :alert and channel = :channel and state = 'waiting'`,
        { alert, channel, now },
      ),
    ofAlert: (alert) => sql.all<DeliveryRecord>(`${select} where alert = :alert order by number`, { alert }),
    newest: () =>
      sql.all<Pick<DeliveryRecord, 'channel' | 'state' | 'problem' | 'at'>>(
        `select channel, state, problem, at from alert_deliveries as mine
         where attempts > 0 and state <> 'dropped' and number = (
           select number from alert_deliveries as other
           where other.channel = mine.channel and attempts > 0 and state <> 'dropped'
           order by case state when 'waiting' then 0 else 1 end, at desc, number desc limit 1)`,
      ),
  }
}
