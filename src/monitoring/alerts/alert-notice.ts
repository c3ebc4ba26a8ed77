import type { AlertFinding, ResolveReason } from '../../core/alert-finding.ts'
import type { AlertSeverity } from '../../core/alert-rule.ts'
import type { AlertRecord } from '../../storage/alerts.ts'
import type { DeliveryKind } from '../../storage/alert-deliveries.ts'

/** What a channel is told. It is stored as it was when the alert changed: each attempt says the same. */
export interface AlertNotice {
  kind: DeliveryKind
  /** Of the alert; the same for its beginning and its end. */
  key: string
  deployment: string
  rule: string
  title: string
  severity: AlertSeverity
  message: string
  findings: readonly AlertFinding[]
  /** Epoch ms: of the first window that was beyond, and of what happened. */
  since: number
  firedAt: number
  resolvedAt: number | null
  resolvedBecause: ResolveReason | null
}

export function noticeOf(alert: AlertRecord, kind: DeliveryKind): AlertNotice {
  const { key, firedAt, deployment, rule, title, severity, message, findings, since } = alert
  const { resolvedAt, resolvedBecause } = alert
  return {
    kind,
    key: key!,
    deployment,
    rule,
    title,
    severity,
    message,
    findings,
    since,
    firedAt: firedAt!,
    ...(kind === 'firing' ? { resolvedAt: null, resolvedBecause: null } : { resolvedAt, resolvedBecause }),
  }
}

/** One a message, the same for each of its attempts. */
export const messageKey = ({ key, kind }: Pick<AlertNotice, 'key' | 'kind'>): string => `${key}/${kind}`

/** When what the notice tells of happened. */
export const momentOf = ({ firedAt, resolvedAt }: AlertNotice): string =>
  new Date(resolvedAt ?? firedAt).toISOString()

/** In one line: `churn: The data has drifted`. */
export function headlineOf({ kind, deployment, title }: AlertNotice): string {
  return kind === 'firing' ? `${deployment}: ${title}` : `${deployment}: over: ${title}`
}

/** What more there is to say. */
export function detailsOf({ kind, message, findings, resolvedBecause }: AlertNotice): string {
  if (kind === 'firing') return message
  switch (resolvedBecause) {
    case null:
    case 'recovered':
      return `It is as it should be again. It was: ${message}`
    case 'version-replaced': {
      const versions = [...new Set(findings.map(({ version }) => version))].join(', ')
      return `No more answers come from ${versions}, and nothing was measured yet of what answers instead. It was: ${message}`
    }
    case 'rule-changed':
      return `The rule was taken away or switched off. It was: ${message}`
    case 'not-watched':
      return `The deployment is not watched any more. It was: ${message}`
    case 'removed':
      return `The deployment was removed. It was: ${message}`
  }
}

/** For trying out a channel: begins and is over with itself. */
export function testNotice(now: number): AlertNotice {
  return {
    kind: 'firing',
    key: `test/test/${new Date(now).toISOString()}`,
    deployment: 'test',
    rule: 'test',
    title: 'This is a test',
    severity: 'info',
    message: 'Pipewright can tell you of alerts here.',
    findings: [],
    since: now,
    firedAt: now,
    resolvedAt: null,
    resolvedBecause: null,
  }
}
