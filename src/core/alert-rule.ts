import { z } from 'zod'

export const alertSeverities = ['info', 'warning', 'critical'] as const
export type AlertSeverity = (typeof alertSeverities)[number]

/** How a point is judged. Only `above` and `below` ask for a threshold. */
export const alertComparisons = [
  'above',
  'below',
  /** The limit that the monitor itself holds the metric to. */
  'beyond-limit',
  /** No value has come for that long. */
  'no-data',
] as const
export type AlertComparison = (typeof alertComparisons)[number]

/** What a channel may be called, and a rule: it becomes part of keys and addresses. */
const plainName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const plainNameHint = 'Small letters, digits and “-”, at most 63.'

export const channelNameSchema = z.string().regex(plainName, plainNameHint)

/** Channels that are always there: the window of the app, and the notifications of the system it runs on. */
export const builtInChannels = ['app', 'desktop'] as const
export type BuiltInChannel = (typeof builtInChannels)[number]

const holdingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('windows'), windows: z.int().min(1).max(1_000) }),
  z.strictObject({ kind: z.literal('minutes'), minutes: z.number().positive().max(525_600) }),
])

/** When somebody is told about a metric of a deployment. An alert is open from the first of its points that are beyond. */
export const alertRuleSchema = z
  .strictObject({
    id: z.string().regex(plainName, plainNameHint),
    title: z.string().min(1, 'Say in a few words what is wrong then.').max(200),
    /** A metric of the monitor, or `quality` for all that begin with `quality-`. */
    metric: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Choose a metric.'),
    /** Of a metric that has columns (or names): which. Null: any of them. */
    column: z.string().nullable().default(null),
    /** The rows with this value of a column. Null: all rows together. */
    segment: z.strictObject({ column: z.string(), value: z.string() }).nullable().default(null),
    /** `MODEL:VERSION`. Null: any that is served. */
    version: z.string().nullable().default(null),
    comparison: z.enum(alertComparisons).default('beyond-limit'),
    threshold: z.number().nullable().default(null),
    /** How long it has to be so: windows in a row, or minutes since the first of them. */
    for: holdingSchema.default({ kind: 'windows', windows: 1 }),
    severity: z.enum(alertSeverities).default('warning'),
    /** After somebody was told, nobody is told of this rule again for so long. */
    quietMinutes: z.number().min(0).max(525_600).default(60),
    channels: z.array(channelNameSchema).max(20).default(['app']),
    isOn: z.boolean().default(true),
  })
  .superRefine(({ comparison, threshold, for: holding }, context) => {
    const wantsThreshold = comparison === 'above' || comparison === 'below'
    if (wantsThreshold && threshold === null)
      context.addIssue({ code: 'custom', path: ['threshold'], message: 'Give the value to compare with.' })
    if (!wantsThreshold && threshold !== null)
      context.addIssue({ code: 'custom', path: ['threshold'], message: 'Only “above” and “below” have one.' })
    if (comparison === 'no-data' && holding.kind !== 'minutes')
      context.addIssue({ code: 'custom', path: ['for'], message: 'Say after how many minutes.' })
  })
export type AlertRule = z.output<typeof alertRuleSchema>

/** The rules of a deployment that was given none. They tell the app, and nobody else. */
export const defaultAlertRules: readonly AlertRule[] = [
  alertRuleSchema.parse({
    id: 'dataset-drift',
    title: 'The data has drifted',
    metric: 'drift-share',
    for: { kind: 'windows', windows: 2 },
  }),
  alertRuleSchema.parse({
    id: 'prediction-drift',
    title: 'The answers have drifted',
    metric: 'prediction-drift',
    for: { kind: 'windows', windows: 2 },
  }),
  alertRuleSchema.parse({
    id: 'quality',
    title: 'The model is worse than it was',
    metric: 'quality',
    severity: 'critical',
    for: { kind: 'windows', windows: 2 },
  }),
  alertRuleSchema.parse({
    id: 'errors',
    title: 'Many requests fail',
    metric: 'error-share',
    comparison: 'above',
    threshold: 0.05,
    for: { kind: 'windows', windows: 5 },
    severity: 'critical',
  }),
  alertRuleSchema.parse({
    id: 'fallback',
    title: 'Many answers come from the fallback',
    metric: 'fallback-share',
    comparison: 'above',
    threshold: 0.05,
    for: { kind: 'windows', windows: 5 },
  }),
]

/** Whether a rule looks at a metric. */
export function isAbout(rule: Pick<AlertRule, 'metric'>, metric: string): boolean {
  return metric === rule.metric || (rule.metric === qualityFamily && metric.startsWith(`${qualityFamily}-`))
}

const qualityFamily = 'quality'
