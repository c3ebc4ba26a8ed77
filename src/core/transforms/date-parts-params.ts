import { z } from 'zod'

export const dateParts = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'day-of-year',
  'weekday',
  'hour',
  'minute',
  'second',
] as const
export type DatePart = (typeof dateParts)[number]

/** Takes dates and times apart, in UTC. */
export const datePartsParams = z.strictObject({
  columns: z.array(z.string()).min(1),
  parts: z.array(z.enum(dateParts)),
  /** Parts that come round again become a sine and a cosine. */
  cyclical: z.boolean().default(false),
  /** ISO 8601; adds the days that have passed since then. */
  since: z.string().optional(),
  /** Whether the date itself stays among the columns. */
  keep: z.boolean().default(false),
})
