import { z } from 'zod'

export const alertStates = ['pending', 'firing', 'resolved'] as const
export type AlertState = (typeof alertStates)[number]

/**
 * Why an alert is over: the metric is as it should be, the version it was about answers no more and nothing is known of what
 * does, or nobody looks any more.
 */
export const resolveReasons = [
  'recovered',
  'version-replaced',
  'rule-changed',
  'not-watched',
  'removed',
] as const
export type ResolveReason = (typeof resolveReasons)[number]

/** A series of points that a rule found beyond. Times are epoch ms. */
export const alertFindingSchema = z.strictObject({
  metric: z.string(),
  column: z.string().nullable(),
  segment: z.strictObject({ column: z.string(), value: z.string() }).nullable(),
  version: z.string().nullable(),
  /** Of the newest window; of missing data the time since the last value. */
  from: z.number(),
  to: z.number(),
  /** Null where no value has come. */
  value: z.number().nullable(),
  /** What it was compared with; null for missing data. */
  limit: z.number().nullable(),
  /** Windows in a row that are beyond. */
  windows: z.int(),
})
export type AlertFinding = z.infer<typeof alertFindingSchema>
