import type { AlertChannelInfo, AlertInfo, AlertSilence } from '../../contract/alerts-contract.ts'
import type { AlertChannel } from '../../core/alert-channel.ts'
import type { Gauge } from '../../serving/server-protocol.ts'

/** The alerts of a workspace, and how people hear of them. */
export interface Alerts {
  /** Looks and tells from now on: where a host stays. */
  resume(): void
  /** Resolves when all that is known by now was judged, and what is due was tried. */
  settle(): Promise<void>
  /** Those that are open, the worst first; null for all deployments. */
  list(deployment: string | null): { alerts: AlertInfo[]; silences: AlertSilence[] }
  history(page: { deployment: string | null; limit: number; before: number | null }): {
    alerts: AlertInfo[]
    next: number | null
  }
  silence(silence: Omit<AlertSilence, 'number' | 'until'> & { minutes: number }): AlertSilence
  /** Throws `alert.unknown-silence`. */
  endSilence(number: number): void
  /** For `/metrics`: 1 of each rule whose alert fires, 0 of the others. */
  gauges(deployment: string): Gauge[]
  channels(): AlertChannelInfo[]
  /** A command needs to be trusted: else an `alert.untrusted-command` error. */
  keepChannel(channel: AlertChannel, trust: { trust: boolean }): void
  removeChannel(name: string): void
  /** Tells a channel something at once. */
  test(channel: string): Promise<{ problem: string | null; durationMs: number }>
  /** Its rules, or its monitor, are others now. */
  look(deployment: string): void
  /** Ends the alerts of a deployment that is about to be removed. */
  forget(deployment: string): void
  /** Somebody looks at the app now. */
  somebodyLooks(): void
  /** Resolves when what was begun is noted. */
  close(): Promise<void>
}
