import { builtInChannels, type BuiltInChannel } from '../../core/alert-rule.ts'
import type { ChannelTarget } from '../../core/alert-channel.ts'
import { secretNamed } from '../../core/secret-reference.ts'
import type { AlertNotice } from './alert-notice.ts'
import { later, type SendOutcome } from './send-outcome.ts'

export interface DeliveryParts {
  /** Null where there is no such secret. */
  readSecret: (name: string) => Promise<string | null>
  /** Without secrets; it names the proxy. */
  environment: NodeJS.ProcessEnv
  /** Where commands are run. */
  folder: string
  /** Shows a notice in the app or on the desktop; false while nobody is there to see it. */
  show: (notice: AlertNotice, where: BuiltInChannel) => boolean
}

export const isBuiltIn = (channel: string): channel is BuiltInChannel =>
  (builtInChannels as readonly string[]).includes(channel)

/** Shows a notice, in the app or on the desktop. */
export function showNotice(
  notice: AlertNotice,
  where: BuiltInChannel,
  { show }: Pick<DeliveryParts, 'show'>,
): SendOutcome {
  return show(notice, where) ? { outcome: 'delivered' } : later('the app is not open')
}

/** Tells a channel once. Nothing is thrown: what goes wrong is part of the outcome. */
export async function deliver(
  notice: AlertNotice,
  target: ChannelTarget,
  parts: DeliveryParts,
): Promise<SendOutcome> {
  const secrets = new Map<string, string>()
  for (const text of secretsOf(target)) {
    const name = secretNamed(text)!
    try {
      const secret = await parts.readSecret(name)
      // It may be given any moment.
      if (secret === null) return later(`there is no secret “${name}”`)
      secrets.set(text, secret)
    } catch {
      return later(`the secret “${name}” could not be read`)
    }
  }
  const { environment, folder } = parts
  const reveal = (text: string): string => secrets.get(text) ?? text
  // Every command waits for what a host loads, and few of them tell anybody anything.
  switch (target.kind) {
    case 'webhook':
      return (await import('./post-webhook.ts')).postWebhook(notice, target, { environment, reveal })
    case 'email':
      return (await import('./send-email.ts')).sendEmail(notice, target, { environment, reveal })
    case 'command':
      return (await import('./run-command.ts')).runCommand(notice, target, { environment, folder })
  }
}

/** The references in it. */
function secretsOf(target: ChannelTarget): string[] {
  switch (target.kind) {
    case 'webhook':
      return [target.url, target.routingKey ?? '', ...Object.values(target.headers)].filter(isReference)
    case 'email':
      return [target.password ?? ''].filter(isReference)
    case 'command':
      return []
  }
}

const isReference = (text: string): boolean => secretNamed(text) !== null
