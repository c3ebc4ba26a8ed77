import { z } from 'zod'
import { builtInChannels, channelNameSchema } from './alert-rule.ts'
import { secretNamed } from './secret-reference.ts'

const isSecret = (text: string): boolean => secretNamed(text) !== null
/** Without a name and a password before the host: they would stand in the database, and hide which host is meant. */
const isWebAddress = (text: string): boolean =>
  /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#][^\s\\]*)?$/i.test(text)

const addressSchema = z
  .string()
  .max(2_000)
  .refine((text) => isSecret(text) || isWebAddress(text), {
    message: 'An address that begins with https:// or http://, or a secret: `secret:chat`.',
  })
const secretSchema = z
  .string()
  .refine(isSecret, { message: 'Keep it as a secret, and name that here: `secret:pager`.' })
/** Whatever is said to be a header; none that we set ourselves. */
const headersSchema = z.record(
  z.string().regex(/^(?!content-|host$|idempotency-key$)[a-z0-9-]{1,60}$/, 'A header in small letters.'),
  z.string().regex(/^[\x20-\x7e]{1,2000}$/, 'Plain characters, or a secret.'),
)

export const webhookFormats = ['cloudevents', 'slack', 'pagerduty', 'plain'] as const
export type WebhookFormat = (typeof webhookFormats)[number]

export const mailSecurities = ['tls', 'starttls', 'none'] as const

const webhookSchema = z.strictObject({
  kind: z.literal('webhook'),
  url: addressSchema,
  format: z.enum(webhookFormats).default('plain'),
  /** Values may be secrets: `{ "authorization": "secret:token" }`. */
  headers: headersSchema.default({}),
  /** Of PagerDuty: the integration key. */
  routingKey: secretSchema.nullable().default(null),
})

const mailboxSchema = z.email(
  'A mail address such as team@example.com: its domain ends in two letters or more.',
)

const emailSchema = z.strictObject({
  kind: z.literal('email'),
  host: z.string().regex(/^[^\s/@:]{1,253}$/, 'The name of the mail server, such as smtp.example.com.'),
  port: z.int().min(1).max(65_535).default(587),
  /** `tls` from the first byte (465), `starttls` before anything is said (587), `none` for a server nearby. */
  security: z.enum(mailSecurities).default('starttls'),
  user: z.string().max(320).nullable().default(null),
  password: secretSchema.nullable().default(null),
  from: mailboxSchema,
  to: z.array(mailboxSchema).min(1).max(50),
  /** Through the proxy of the settings; most mail servers are asked directly. */
  throughProxy: z.boolean().default(false),
})

const commandSchema = z.strictObject({
  kind: z.literal('command'),
  /** A program and what it is given, never a line for a shell. */
  argv: z.array(z.string().min(1).max(4_000)).min(1).max(100),
  timeoutSeconds: z.number().min(1).max(600).default(30),
})

export const channelTargetSchema = z
  .discriminatedUnion('kind', [webhookSchema, emailSchema, commandSchema])
  .superRefine((target, context) => {
    if (target.kind === 'webhook' && (target.format === 'pagerduty') !== (target.routingKey !== null))
      context.addIssue({
        code: 'custom',
        path: ['routingKey'],
        message: 'PagerDuty asks for the integration key, and no other format has one.',
      })
    if (target.kind === 'email' && (target.user === null) !== (target.password === null))
      context.addIssue({
        code: 'custom',
        path: ['password'],
        message: 'A name and a password go together.',
      })
  })
export type ChannelTarget = z.output<typeof channelTargetSchema>
export type WebhookTarget = Extract<ChannelTarget, { kind: 'webhook' }>
export type EmailTarget = Extract<ChannelTarget, { kind: 'email' }>
export type CommandTarget = Extract<ChannelTarget, { kind: 'command' }>

/** Where alerts are told, by a name that rules use. Kept by the workspace, never by a pipeline: a file may come from anywhere. */
export const alertChannelSchema = z.strictObject({
  name: channelNameSchema.refine((name) => !(builtInChannels as readonly string[]).includes(name), {
    message: '“app” and “desktop” are there already.',
  }),
  target: channelTargetSchema,
})
export type AlertChannel = z.output<typeof alertChannelSchema>
