import type { MonitorOverview } from '../../src/contract/monitoring-contract.ts'

export const healthWords = {
  ok: { word: 'well', tone: 'good' },
  warning: { word: 'look at it', tone: 'warn' },
  alert: { word: 'act', tone: 'bad' },
  waiting: { word: 'waiting', tone: 'plain' },
  off: { word: 'not watched', tone: 'plain' },
} as const satisfies Record<
  MonitorOverview['health'],
  { word: string; tone: 'good' | 'warn' | 'bad' | 'plain' }
>

/** An open alert makes what else is well worth a look. */
export function healthOf(
  { health }: MonitorOverview,
  alerts: readonly { severity: 'info' | 'warning' | 'critical' }[],
): MonitorOverview['health'] {
  if (health === 'off' || health === 'alert') return health
  if (alerts.some(({ severity }) => severity === 'critical')) return 'alert'
  return alerts.length > 0 ? 'warning' : health
}
