import type { AlertInfo } from '../../contract/alerts-contract.ts'
import { alertSeverities, builtInChannels, type AlertRule } from '../../core/alert-rule.ts'
import { nearestName } from '../../core/nearest-name.ts'
import type { AlertRecord } from '../../storage/alerts.ts'
import type { Tracking } from '../../storage/open-tracking.ts'
import { registryError } from '../../storage/errors.ts'
import type { Monitors } from '../monitors/monitors.ts'
import { closeAlert } from './advance-alert.ts'
import { testNotice } from './alert-notice.ts'
import type { Alerts } from './alerts.ts'
import { deliver, isBuiltIn, showNotice, type DeliveryParts } from './deliver.ts'
import { describeAlert } from './describe-alert.ts'
import { alertError } from './errors.ts'
import { evaluateRules, storeAdvance, type Watched } from './evaluate-rules.ts'
import { openOutbox } from './outbox.ts'

const tickMs = 60_000

export function openAlerts(
  parts: DeliveryParts & {
    tracking: Pick<Tracking, 'alerts' | 'alertDeliveries' | 'alertChannels' | 'deployments' | 'transaction'>
    monitors: Pick<Monitors, 'series' | 'spec' | 'onPoints'>
    watched: (deployment: string) => Watched
    /** Alerts of a deployment, or how channels do, are other than they were; null for all deployments. */
    onChange: (deployment: string | null) => void
    onDefect: (error: unknown, during: string) => void
    now?: () => number
  },
): Alerts {
  const { tracking, monitors, watched, onChange, onDefect, now = Date.now } = parts
  const { alerts, alertDeliveries, alertChannels, deployments } = tracking
  const outbox = openOutbox({ ...parts, now, onNoted: () => onChange(null) })
  let timer: NodeJS.Timeout | undefined
  let stopHearing = (): void => {}
  let isLive = false

  /** A host that does one thing and ends leaves telling to one that stays. */
  const wake = (): void => {
    if (isLive) outbox.wake()
  }
  const evaluate = (name: string): void => {
    try {
      const { spec } = monitors.spec(name)
      if (!evaluateRules(name, { tracking, monitors, spec, watched: watched(name), now: now() })) return
      onChange(name)
      wake()
    } catch (error) {
      // One that cannot be judged must not keep the others from it.
      onDefect(error, `the alerts of “${name}”`)
    }
  }
  const forget = (name: string): void => {
    const at = now()
    tracking.transaction(() => {
      for (const alert of alerts.open(name)) storeAdvance(closeAlert(alert, 'removed', at), tracking, at)
    })
    onChange(name)
    wake()
  }
  const evaluateAll = (): void => {
    const names = new Set(deployments.list().map(({ name }) => name))
    for (const name of names) evaluate(name)
    // One that was removed while no host stayed.
    const gone = alerts.open().map(({ deployment }) => deployment)
    for (const name of new Set(gone)) if (!names.has(name)) forget(name)
    wake()
  }
  const rulesOf = (name: string): AlertRule[] => {
    const { isOn, rules } = monitors.spec(name).spec
    return isOn ? rules.filter((rule) => rule.isOn) : []
  }
  const infoOf = (alert: AlertRecord): AlertInfo => {
    const { deployment, rule: id } = alert
    const spec = deployments.find(deployment) ? monitors.spec(deployment).spec : null
    return describeAlert(alert, {
      deliveries: alertDeliveries.ofAlert(alert.number),
      rule: spec?.rules.find((rule) => rule.id === id),
      lastTold: alerts.lastTold({ deployment, rule: id }),
      silences: alerts.silences(now()).filter((silence) => silence.deployment === deployment),
      now: now(),
    })
  }
  const requireChannel = (name: string) => {
    const found = alertChannels.find(name)
    if (found) return found
    const near = nearestName(name, [...builtInChannels, ...alertChannels.list().map((each) => each.name)])
    const hint = near ? `Did you mean “${near}”?` : 'See `pipewright alerts channels`.'
    throw registryError('unknown-channel', { name, hint })
  }

  return {
    resume() {
      isLive = true
      stopHearing()
      clearInterval(timer)
      stopHearing = monitors.onPoints(({ name }) => evaluate(name))
      timer = setInterval(evaluateAll, tickMs).unref()
      evaluateAll()
    },
    async settle() {
      evaluateAll()
      await outbox.settle()
    },
    list: (deployment) => ({
      alerts: alerts
        .open(deployment ?? undefined)
        .toSorted((a, b) => worth(b) - worth(a) || b.since - a.since)
        .map(infoOf),
      silences: alerts
        .silences(now())
        .filter((silence) => deployment === null || silence.deployment === deployment),
    }),
    history({ deployment, limit, before }) {
      const page = alerts.history({ deployment, limit: limit + 1, before })
      const shown = page.slice(0, limit)
      return { alerts: shown.map(infoOf), next: page.length > limit ? shown.at(-1)!.number : null }
    },
    silence({ deployment, rule, note, minutes }) {
      deployments.get(deployment)
      const ids = monitors.spec(deployment).spec.rules.map(({ id }) => id)
      if (rule !== null && !ids.includes(rule)) {
        const near = nearestName(rule, ids)
        const hint = near ? `Did you mean “${near}”?` : `It has ${ids.join(', ') || 'none'}.`
        throw alertError('unknown-rule', { deployment, rule, hint })
      }
      const kept = alerts.silence({ deployment, rule, until: now() + minutes * 60_000, note })
      onChange(deployment)
      return kept
    },
    endSilence(number) {
      if (!alerts.endSilence(number)) throw alertError('unknown-silence', { number })
      onChange(null)
      if (isLive) evaluateAll()
    },
    gauges(deployment) {
      if (!deployments.find(deployment)) return []
      const firing = new Set(
        alerts.open(deployment).flatMap(({ state, rule }) => (state === 'firing' ? [rule] : [])),
      )
      return rulesOf(deployment).map(({ id, severity }) => ({
        name: 'alert_firing',
        help: 'Whether the alert of a rule fires.',
        labels: { deployment, rule: id, severity },
        value: Number(firing.has(id)),
      }))
    },
    channels() {
      const newest = new Map(alertDeliveries.newest().map((delivery) => [delivery.channel, delivery]))
      const described = [...builtInChannels.map((name) => ({ name, target: null })), ...alertChannels.list()]
      return described.map(({ name, target }) => {
        const last = newest.get(name)
        const hasProblem = last !== undefined && last.problem !== null && target !== null
        return {
          name,
          target,
          problem: hasProblem
            ? { message: last.problem!, at: last.at, isFinal: last.state === 'failed' }
            : null,
        }
      })
    },
    keepChannel(channel, { trust }) {
      const { name, target } = channel
      if (target.kind === 'command' && !trust)
        throw alertError('untrusted-command', { name, command: target.argv.join(' ') })
      alertChannels.keep(channel, now())
      onChange(null)
    },
    removeChannel(name) {
      requireChannel(name)
      tracking.transaction(() => {
        alertChannels.remove(name)
        alertDeliveries.dropChannel(name, now())
      })
      onChange(null)
    },
    async test(name) {
      const start = performance.now()
      const notice = testNotice(now())
      const outcome = isBuiltIn(name)
        ? showNotice(notice, name, parts)
        : await deliver(notice, requireChannel(name).target, parts)
      return {
        problem: outcome.outcome === 'delivered' ? null : outcome.problem,
        durationMs: performance.now() - start,
      }
    },
    look(deployment) {
      if (isLive) evaluate(deployment)
    },
    forget,
    somebodyLooks() {
      if (isLive) outbox.showWaiting()
    },
    async close() {
      stopHearing()
      clearInterval(timer)
      await outbox.close()
    },
  }
}

/** Firing before pending, then by severity. */
const worth = ({ state, severity }: AlertRecord): number =>
  (state === 'firing' ? 10 : 0) + alertSeverities.indexOf(severity)
