import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { alertChannelSchema, type ChannelTarget } from '../../../../src/core/alert-channel.ts'
import type { AlertRule, BuiltInChannel } from '../../../../src/core/alert-rule.ts'
import { deploymentSpecSchema } from '../../../../src/core/deployment.ts'
import type { MonitorPoint } from '../../../../src/core/monitor.ts'
import type { AlertNotice } from '../../../../src/monitoring/alerts/alert-notice.ts'
import { openAlerts } from '../../../../src/monitoring/alerts/open-alerts.ts'
import { openTracking } from '../../../../src/storage/open-tracking.ts'
import { temporaryFolder } from '../../storage/storage-samples.ts'
import { handMeasured } from './alert-samples.ts'

/** Alerts of a deployment “churn”, by a clock that stands until it is set; `points` were measured before. */
export function openedAlerts(
  rules: readonly AlertRule[],
  options: {
    secrets?: Record<string, string>
    environment?: NodeJS.ProcessEnv
    folder?: string
    points?: MonitorPoint[]
    now?: number
  } = {},
) {
  const { secrets = {}, environment = {}, folder = temporaryFolder() } = options
  const { points = [], now = Date.UTC(2026, 0, 1) } = options
  const tracking = openTracking({ file: join(folder, 'tracking.db') })
  const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn' }] })
  tracking.deployments.apply({ spec, madeBy: null, now: 1 })
  const measured = handMeasured(rules)
  const clock = { now }
  const shown: (AlertNotice & { where: BuiltInChannel })[] = []
  const defects: unknown[] = []
  const sight = { isThere: true }
  const answers = { by: ['churn:1'] }
  const alerts = openAlerts({
    tracking,
    monitors: measured.monitors,
    watched: () => ({ answering: answers.by, aliveSince: null }),
    readSecret: (name) => Promise.resolve(secrets[name] ?? null),
    environment,
    folder,
    show(notice, where) {
      if (sight.isThere) shown.push({ ...notice, where })
      return sight.isThere
    },
    onChange: () => undefined,
    onDefect: (error) => defects.push(error),
    now: () => clock.now,
  })
  onTestFinished(async () => {
    await alerts.close()
    tracking.close()
  })
  measured.measure(...points)
  alerts.resume()
  return {
    ...measured,
    /** A second after what was before. */
    measure: (...points: MonitorPoint[]): void => {
      clock.now += 1_000
      measured.measure(...points)
    },
    alerts,
    tracking,
    clock,
    shown,
    defects,
    sight,
    answers,
    keep: (name: string, target: Partial<ChannelTarget> & Pick<ChannelTarget, 'kind'>): void => {
      alerts.keepChannel(alertChannelSchema.parse({ name, target }), { trust: true })
    },
    /** Lets so many minutes go by. */
    wait: async (minutes: number): Promise<void> => {
      clock.now += minutes * 60_000
      await alerts.settle()
    },
  }
}
