import type { AlertInfo } from '../../contract/alerts-contract.ts'
import type { AlertRule } from '../../core/alert-rule.ts'
import type { DeliveryRecord } from '../../storage/alert-deliveries.ts'
import type { AlertRecord, SilenceRecord } from '../../storage/alerts.ts'
import { quietUntil } from './evaluate-rules.ts'

/** An alert with what became of its messages. `rule`: as it is now, if it still is. */
export function describeAlert(
  record: AlertRecord,
  options: {
    deliveries: readonly DeliveryRecord[]
    rule: AlertRule | undefined
    lastTold: number | null
    silences: readonly SilenceRecord[]
    now: number
  },
): AlertInfo {
  const { deliveries, rule, lastTold, silences, now } = options
  const { toldAt, channels: _, ...alert } = record
  const waits = alert.state === 'firing' && toldAt === null && rule !== undefined
  const until = waits ? quietUntil(rule, { lastTold, silences }) : 0
  return {
    ...alert,
    findings: [...alert.findings],
    deliveries: deliveries.map(({ channel, kind, state, attempts, problem, at }) => ({
      channel,
      kind,
      state,
      attempts,
      problem,
      at,
    })),
    quietUntil: until > now ? until : null,
  }
}
