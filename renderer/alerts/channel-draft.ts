import {
  alertChannelSchema,
  type AlertChannel,
  type ChannelTarget,
  type EmailTarget,
  type WebhookFormat,
} from '../../src/core/alert-channel.ts'
import { explainIssues, formatPath } from '../../src/core/explain-issues.ts'

/** A channel as it is typed into a form. */
export interface ChannelDraft {
  name: string
  kind: ChannelTarget['kind']
  url: string
  format: WebhookFormat
  routingKey: string
  host: string
  port: string
  security: EmailTarget['security']
  user: string
  password: string
  from: string
  /** With commas between. */
  to: string
  throughProxy: boolean
  /** A word a line. */
  argv: string
}

const empty: ChannelDraft = {
  name: '',
  kind: 'webhook',
  url: '',
  format: 'slack',
  routingKey: '',
  host: '',
  port: '587',
  security: 'starttls',
  user: '',
  password: '',
  from: '',
  to: '',
  throughProxy: false,
  argv: '',
}

export const pagerDutyAddress = 'https://events.pagerduty.com/v2/enqueue'

export function draftOfChannel(channel: AlertChannel | null): ChannelDraft {
  if (!channel) return empty
  const { name, target } = channel
  switch (target.kind) {
    case 'webhook': {
      const { kind, url, format, routingKey } = target
      return { ...empty, name, kind, url, format, routingKey: routingKey ?? '' }
    }
    case 'email': {
      const { kind, host, port, security, user, password, from, to, throughProxy } = target
      return {
        ...empty,
        name,
        kind,
        host,
        port: String(port),
        security,
        user: user ?? '',
        password: password ?? '',
        from,
        to: to.join(', '),
        throughProxy,
      }
    }
    case 'command':
      return { ...empty, name, kind: target.kind, argv: target.argv.join('\n') }
  }
}

/** What the draft means, or what is wrong with it, by the path of the field. */
export function readChannelDraft(
  draft: ChannelDraft,
  base: AlertChannel | null,
): { channel: AlertChannel } | { problems: ReadonlyMap<string, string> } {
  const kept = base?.target.kind === draft.kind ? base.target : {}
  const read = explainIssues(alertChannelSchema, {
    name: draft.name.trim(),
    target: { ...kept, ...targetOf(draft) },
  })
  if (read.success) return { channel: read.data }
  return {
    problems: new Map(
      read.explanations.map(({ path, message }) => {
        const field = path[0] === 'target' ? path.slice(1, 2) : path
        return [formatPath(field), message]
      }),
    ),
  }
}

function targetOf(draft: ChannelDraft): object {
  const { kind, format } = draft
  const optional = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  switch (kind) {
    case 'webhook':
      return {
        kind,
        url: draft.url.trim(),
        format,
        routingKey: format === 'pagerduty' ? optional(draft.routingKey) : null,
      }
    case 'email':
      return {
        kind,
        host: draft.host.trim(),
        port: draft.port.trim() === '' ? Number.NaN : Number(draft.port),
        security: draft.security,
        user: optional(draft.user),
        password: optional(draft.password),
        from: draft.from.trim(),
        to: draft.to
          .split(',')
          .map((address) => address.trim())
          .filter((address) => address !== ''),
        throughProxy: draft.throughProxy,
      }
    case 'command':
      return { kind, argv: draft.argv.split('\n').filter((word) => word !== '') }
  }
}
