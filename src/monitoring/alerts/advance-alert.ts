import type { ResolveReason } from '../../core/alert-finding.ts'
import type { AlertRule } from '../../core/alert-rule.ts'
import type { AlertRecord, NewAlert } from '../../storage/alerts.ts'
import { alertMessage } from './alert-message.ts'
import type { Judgement } from './judge-rule.ts'

/** What a judgement makes of an alert, and whether its channels are to be told. Nothing here is stored or sent. */
export type Advance =
  | { change: 'none' }
  | { change: 'open'; alert: NewAlert; isTold: boolean }
  | { change: 'keep'; alert: AlertRecord; isTold: boolean }
  /** It went back before it fired: nobody has heard of it. */
  | { change: 'forget'; alert: AlertRecord }
  | { change: 'resolve'; alert: AlertRecord; isTold: boolean }

/** `quietUntil`: nobody is told that it fires before then. Times are epoch ms. */
export interface Moment {
  deployment: string
  now: number
  quietUntil: number
}

/**
 * The life of an alert: pending from the first window that is beyond, firing when it has lasted, resolved at the first
 * window that is not. While it is quiet it fires unheard, and is told when that ends, if it still fires then.
 */
export function advanceAlert(
  rule: AlertRule,
  { alert, judgement, moment }: { alert: AlertRecord | null; judgement: Judgement; moment: Moment },
): Advance {
  if (judgement.state === 'clear')
    return alert ? closeAlert(alert, 'recovered', moment.now) : { change: 'none' }
  const { findings } = judgement
  const seen = { findings, message: alertMessage(rule, findings) }
  if (!alert) {
    const opened: NewAlert = {
      deployment: moment.deployment,
      rule: rule.id,
      key: null,
      title: rule.title,
      severity: rule.severity,
      state: 'pending',
      since: judgement.since,
      firedAt: null,
      toldAt: null,
      resolvedAt: null,
      resolvedBecause: null,
      channels: [],
      ...seen,
    }
    return { change: 'open', ...(judgement.state === 'met' ? fired(rule, opened, moment) : notTold(opened)) }
  }
  const now = { ...alert, ...seen }
  if (alert.state === 'pending')
    return { change: 'keep', ...(judgement.state === 'met' ? fired(rule, now, moment) : notTold(now)) }
  // Once it fires, a window more or less is no news.
  return { change: 'keep', ...(alert.toldAt === null ? told(rule, now, moment) : notTold(now)) }
}

/** Ends an alert for a reason; those who were told of it are told of its end. */
export function closeAlert(alert: AlertRecord, because: ResolveReason, now: number): Advance {
  if (alert.state === 'pending') return { change: 'forget', alert }
  return {
    change: 'resolve',
    alert: { ...alert, state: 'resolved', resolvedAt: now, resolvedBecause: because },
    isTold: alert.toldAt !== null,
  }
}

interface Told<Alert> {
  alert: Alert
  isTold: boolean
}

function fired<Alert extends NewAlert>(rule: AlertRule, alert: Alert, moment: Moment): Told<Alert> {
  const { deployment, now } = moment
  const key = `${deployment}/${rule.id}/${new Date(now).toISOString()}`
  const { title, severity } = rule
  return told(rule, { ...alert, key, title, severity, state: 'firing', firedAt: now }, moment)
}

function told<Alert extends NewAlert>(
  { channels }: AlertRule,
  alert: Alert,
  { now, quietUntil }: Moment,
): Told<Alert> {
  if (now < quietUntil) return notTold(alert)
  return { alert: { ...alert, toldAt: now, channels }, isTold: true }
}

const notTold = <Alert extends NewAlert>(alert: Alert): Told<Alert> => ({ alert, isTold: false })
