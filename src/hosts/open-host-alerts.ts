import type { Alerts } from '../monitoring/alerts/alerts.ts'
import type { AlertNotice } from '../monitoring/alerts/alert-notice.ts'
import { openAlerts } from '../monitoring/alerts/open-alerts.ts'
import { detailsOf, headlineOf } from '../monitoring/alerts/alert-notice.ts'
import type { Monitors } from '../monitoring/monitors/monitors.ts'
import type { BuiltInChannel } from '../core/alert-rule.ts'
import type { Happenings } from '../services/happenings.ts'
import type { Secrets } from '../services/secrets/open-secrets.ts'
import type { Deployments } from '../serving/deployments/open-deployments.ts'
import type { Workspace } from '../storage/open-workspace.ts'

/** The alerts of a workspace, told through its host. `environment` names the proxy and has no secret in it. */
export function openHostAlerts(parts: {
  workspace: Pick<Workspace, 'tracking' | 'paths'>
  monitors: Pick<Monitors, 'series' | 'spec' | 'onPoints'>
  deployments: Pick<Deployments, 'describe'>
  secrets: Pick<Secrets, 'read'>
  happenings: Happenings
  environment: NodeJS.ProcessEnv
  onDefect: (error: unknown, during: string) => void
}): Alerts {
  const { workspace, monitors, deployments, secrets, happenings, environment, onDefect } = parts
  return openAlerts({
    tracking: workspace.tracking,
    monitors,
    watched(name) {
      const { state, since, versions } = deployments.describe(name)
      const answering = versions.flatMap(({ role, model, version }) =>
        role === 'shadow' || model === null ? [] : [`${model}:${version}`],
      )
      return { answering, aliveSince: state === 'on' || state === 'degraded' ? since : null }
    },
    readSecret: (name) => secrets.read(name),
    environment,
    folder: workspace.paths.folder,
    show(notice, where) {
      if (happenings.listening === 0) return false
      happenings.tell(eventOf(notice, where))
      return true
    },
    onChange: (deployment) => happenings.tell({ event: 'alerts-changed', at: Date.now(), deployment }),
    onDefect,
  })
}

function eventOf(notice: AlertNotice, channel: BuiltInChannel) {
  const { kind, key, deployment, rule, severity } = notice
  return {
    event: kind === 'firing' ? ('alert-raised' as const) : ('alert-resolved' as const),
    at: Date.now(),
    channel,
    key,
    deployment,
    rule,
    severity,
    title: headlineOf(notice),
    message: detailsOf(notice),
  }
}
