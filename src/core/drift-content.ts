import { z } from 'zod'
import { columnTypes } from './columns.ts'
import { driftMethods } from './drift-methods.ts'

const twoSides = { reference: z.number(), current: z.number() }

const measured = {
  /** The statistic of a test, or the distance. */
  score: z.number(),
  /** Of a test. */
  pValue: z.number().exactOptional(),
  /** Where it is estimated from sketches: in 99 of 100 cases the score of the rows lies between. */
  bounds: z.object({ low: z.number(), high: z.number() }).exactOptional(),
}

/** How a column is distributed in both samples, and what was made of that. */
export const comparedColumnSchema = z.object({
  column: z.string(),
  type: z.enum(columnTypes),
  drifted: z.boolean(),
  /** Absent where one side has no values. */
  method: z.enum(driftMethods).exactOptional(),
  score: measured.score.exactOptional(),
  pValue: measured.pValue,
  bounds: measured.bounds,
  adjustedPValue: z.number().exactOptional(),
  /** Of a p-value: drift below it. Of a distance: drift from it on. */
  threshold: z.number().exactOptional(),
  /** A distance from its limit on that does not count, since samples of one distribution may well differ so much. */
  byChance: z.literal(true).exactOptional(),
  /** By further methods, which judge nothing. */
  also: z.array(z.object({ method: z.enum(driftMethods), ...measured })).exactOptional(),
  rows: z.object(twoSides),
  /** Shares of rows without a value, and how likely they differ so much by chance. */
  missing: z.object({ ...twoSides, pValue: z.number() }),
  /** Texts: the share of current values that the reference does not have. */
  unseen: z.number().exactOptional(),
  /** Nearly every row has a value of its own. */
  namesRows: z.literal(true).exactOptional(),
  /** Shares of both sides, for a picture: of intervals between inner edges, or of the most frequent values and the rest. */
  distribution: z
    .object({
      edges: z.array(z.number()).exactOptional(),
      values: z.array(z.union([z.string(), z.number()])).exactOptional(),
      reference: z.array(z.number()),
      current: z.array(z.number()),
    })
    .exactOptional(),
})
export type ComparedColumn = z.infer<typeof comparedColumnSchema>

/** The ROC AUC of rows that were not learned from, with its interval of 95 %, and what gives the rows away. */
const driftClassifierSchema = z.object({
  auc: z.number(),
  low: z.number(),
  high: z.number(),
  /** How many rows of each side were looked at. */
  rows: z.object(twoSides),
  /** By share of importance, the largest first. */
  columns: z.array(z.object({ column: z.string(), importance: z.number() })),
})
export type DriftClassifier = z.infer<typeof driftClassifierSchema>

/** The content of a report of type `drift`. */
export const driftContentSchema = z.object({
  /** Whether the table as a whole has drifted. */
  drifted: z.boolean(),
  /** From this share of drifted columns on it has. */
  share: z.number(),
  /** In one or two sentences. */
  verdict: z.string().exactOptional(),
  /** What should be known of some columns, each in whole sentences with a remedy. */
  notes: z.array(z.string()).exactOptional(),
  /** How well trees tell current rows from those of the reference. */
  classifier: driftClassifierSchema.exactOptional(),
  /** The drifted ones first. */
  columns: z.array(comparedColumnSchema),
})
export type DriftContent = z.infer<typeof driftContentSchema>
