import { z } from 'zod'
import { alertChannelSchema, channelTargetSchema } from '../core/alert-channel.ts'
import { alertFindingSchema, alertStates, resolveReasons } from '../core/alert-finding.ts'
import { alertSeverities, channelNameSchema } from '../core/alert-rule.ts'
import { operation } from './operation.ts'

const deployment = z.string().min(1).max(63)

export const deliveryStates = ['waiting', 'delivered', 'failed', 'dropped'] as const

const deliverySchema = z.strictObject({
  channel: z.string(),
  kind: z.enum(['firing', 'resolved']),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  /** Why the last attempt was not the one. */
  problem: z.string().nullable(),
  /** When it is tried next, or was done with. */
  at: z.number(),
})

export const alertInfoSchema = z.strictObject({
  number: z.int(),
  /** `deployment/rule/startedAt`: the same in every repetition. Null until it fires. */
  key: z.string().nullable(),
  deployment: z.string(),
  rule: z.string(),
  title: z.string(),
  severity: z.enum(alertSeverities),
  state: z.enum(alertStates),
  /** Epoch ms: of the first window that was beyond. */
  since: z.number(),
  firedAt: z.number().nullable(),
  resolvedAt: z.number().nullable(),
  resolvedBecause: z.enum(resolveReasons).nullable(),
  /** In words: what is so, and what it is compared with. */
  message: z.string(),
  findings: z.array(alertFindingSchema),
  deliveries: z.array(deliverySchema),
  /** Until when nobody is told, because it is quiet or somebody silenced it; null: nobody is kept from it. */
  quietUntil: z.number().nullable(),
})
export type AlertInfo = z.infer<typeof alertInfoSchema>

const silenceSchema = z.strictObject({
  number: z.int(),
  deployment: z.string(),
  /** Null: all rules. */
  rule: z.string().nullable(),
  until: z.number(),
  note: z.string(),
})
export type AlertSilence = z.infer<typeof silenceSchema>

const channelInfoSchema = z.strictObject({
  name: z.string(),
  /** Null for `app` and `desktop`. */
  target: channelTargetSchema.nullable(),
  /** The last thing that did not get through, if nothing has since; null where all is well. */
  problem: z.strictObject({ message: z.string(), at: z.number(), isFinal: z.boolean() }).nullable(),
})
export type AlertChannelInfo = z.infer<typeof channelInfoSchema>

const channelsAnswer = z.strictObject({ channels: z.array(channelInfoSchema) })

export const alertsContract = {
  /** Those that are open, the worst first, of one deployment or of all; and what is silenced. */
  list: operation
    .input(z.strictObject({ deployment: deployment.nullable().default(null) }))
    .output(z.strictObject({ alerts: z.array(alertInfoSchema), silences: z.array(silenceSchema) })),
  /** Those that are over, the newest first. */
  history: operation
    .input(
      z.strictObject({
        deployment: deployment.nullable().default(null),
        limit: z.int().min(1).max(500).default(100),
        /** `next` of the page before. */
        before: z.int().nullable().default(null),
      }),
    )
    .output(z.strictObject({ alerts: z.array(alertInfoSchema), next: z.int().nullable() })),
  /** Nobody is told of a rule, or of any of a deployment, for that long. What is resolved meanwhile is told. */
  silence: operation
    .input(
      z.strictObject({
        deployment,
        rule: z.string().nullable().default(null),
        minutes: z.number().positive().max(525_600),
        note: z.string().max(500).default(''),
      }),
    )
    .output(z.strictObject({ silence: silenceSchema })),
  endSilence: operation.input(z.strictObject({ number: z.int() })).output(z.strictObject({})),
  channels: operation.output(channelsAnswer),
  /** Makes a channel, or changes one. A command runs a program of this machine: it has to be trusted. */
  keepChannel: operation
    .input(z.strictObject({ channel: alertChannelSchema, trust: z.boolean().default(false) }))
    .output(channelsAnswer),
  /** What waits for it is told no more. */
  removeChannel: operation.input(z.strictObject({ name: channelNameSchema })).output(channelsAnswer),
  /** Tells a channel something at once; waits until it was told. */
  test: operation
    .input(z.strictObject({ channel: channelNameSchema }))
    .output(z.strictObject({ problem: z.string().nullable(), durationMs: z.number() })),
  /** A dashboard for Grafana and rules for Prometheus, of one deployment or of all, by name of file. */
  grafana: operation
    .input(z.strictObject({ deployment: deployment.nullable().default(null) }))
    .output(z.strictObject({ files: z.record(z.string(), z.string()) })),
}
