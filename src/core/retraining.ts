import { z } from 'zod'

const points = z.number().min(0).max(1)

/** When a challenger is trained. Null: not for this reason. */
const startSchema = z.strictObject({
  /** Labels that came since the last job. */
  newLabels: z.int().positive().nullable().default(1_000),
  /** Windows one after the other whose share of drifted columns is beyond its limit. */
  driftWindows: z.int().positive().nullable().default(3),
  /** How far quality may lie below what it was when the champion came: 0.03 are three points. */
  qualityDrop: points.nullable().default(0.03),
  cron: z
    .strictObject({ expression: z.string().min(1), timeZone: z.string().min(1) })
    .nullable()
    .default(null),
  /** Between the end of one job and the start of the next, unless somebody asks for it. */
  pauseMinutes: z.number().min(0).default(60),
})

/** What a challenger is held against. */
const judgementSchema = z.strictObject({
  /** Null: log loss for two or more classes, mean absolute error for numbers. */
  metric: z.string().min(1).nullable().default(null),
  /** How much worse it may be on the frozen test rows; null: they are looked at, and decide nothing. */
  margin: z.number().min(0).nullable().default(0.01),
  /** How much better it must at least be on the newest labels. */
  gain: z.number().min(0).default(0),
  /** Of the intervals. */
  confidence: z.number().gt(0.5).lt(1).default(0.95),
  /** Of fewer newest labels nothing is said. */
  leastRows: z.int().min(10).default(100),
  /** Times the champion's 99th percentile of single answers; null: as slow as it likes. */
  latencyFactor: z.number().min(1).nullable().default(2),
  /** Of its package; null: as large as it likes. */
  largestMb: z.number().positive().nullable().default(null),
  /** Columns for each of whose frequent values it must not be worse by more than `sliceMargin`. */
  slices: z.array(z.string()).max(8).default([]),
  sliceMargin: z.number().min(0).default(0.05),
})

/** How a challenger that was judged better comes to answer. */
const promotionSchema = z.strictObject({
  way: z.enum(['at-once', 'canary', 'shadow']).default('at-once'),
  /** Somebody has to say yes before the alias is moved, knowing how a trial went. */
  needsApproval: z.boolean().default(false),
  /** Of the requests, as a canary or shadow. */
  share: z.number().gt(0).max(1).default(0.1),
  /** That it must have answered as a canary or shadow. */
  trialRequests: z.int().positive().default(200),
  /** After which a trial without that many requests comes to nothing. */
  trialMinutes: z.number().positive().default(1_440),
  /** How long the champion before may come back by itself, where quality drops by more than `qualityDrop`. */
  probationMinutes: z.number().min(0).default(60),
})

/** When a deployment's model is trained anew, by what it is judged, and how it is put in place. */
export const retrainingPolicySchema = z.strictObject({
  deployment: z.string().min(1).max(63),
  /** The champion: what the deployment answers with, and what a better challenger gets: `name@alias`. */
  model: z.string().regex(/^[^@:]+@[^@:]+$/, 'A name and an alias: “churn@champion”.'),
  /** The node of the pipeline whose table has the newest labels as its test rows; null: the test rows it learned beside. */
  newest: z.string().nullable().default(null),
  start: startSchema.prefault({}),
  judgement: judgementSchema.prefault({}),
  promotion: promotionSchema.prefault({}),
})
export type RetrainingPolicy = z.infer<typeof retrainingPolicySchema>
