import { z } from 'zod'
import { columnTypes } from '../core/columns.ts'

/** Values of a column, a row each: float64 in base64 with NaN for none, or texts (`''` for none) by uint32 codes. */
const sampledValuesSchema = z.union([
  z.strictObject({ numbers: z.string() }),
  z.strictObject({ texts: z.array(z.string()), codes: z.string() }),
])
export type SampledValues = z.infer<typeof sampledValuesSchema>

const sampledColumnSchema = z.strictObject({
  name: z.string(),
  type: z.enum(columnTypes),
  /** Shares of all training rows: without a value, and with a text that no other row has. */
  missing: z.number(),
  singles: z.number(),
  /** Every text of the training rows; null for numbers, and for texts of which there are too many to compare. */
  known: z.array(z.string()).nullable(),
  /** Null for texts of which there are too many. */
  trained: sampledValuesSchema.nullable(),
  heldOut: sampledValuesSchema.nullable(),
})
export type SampledColumn = z.infer<typeof sampledColumnSchema>

/** What a model answers: of classes the names in the order of the probabilities, and of two the positive one. */
const answersOfModelSchema = z.strictObject({
  classes: z.array(z.string()).nullable(),
  positive: z.string().nullable(),
})

/**
 * Rows that a model learned from, and rows that it had not seen with its answers and the truth: both drawn evenly, at
 * most `mostSampledRows`, and aligned over the columns.
 */
export const modelSampleSchema = z.strictObject({
  format: z.literal(1),
  target: answersOfModelSchema,
  /** The table that it learned from, and how many rows of it. */
  table: z.string(),
  rows: z.int(),
  columns: z.array(sampledColumnSchema),
  heldOut: z.strictObject({
    /** `all`: the table has no rows that were kept from it; they say nothing of its quality. */
    part: z.enum(['test', 'validation', 'all']),
    rows: z.int(),
    /** Classes, or numbers; null where the model gives neither. */
    answers: sampledValuesSchema.nullable(),
    /** Rows × classes. */
    probabilities: z.string().nullable(),
    truth: sampledValuesSchema.nullable(),
  }),
})
export type ModelSample = z.infer<typeof modelSampleSchema>

/**
 * At this number an empirical distribution function is within 0.0124 of that of all rows with 95 % (Dvoretzky, Kiefer and
 * Wolfowitz 1956, with Massart’s constant).
 */
export const mostSampledRows = 12_000
/** Columns with more texts than these are not compared. */
export const mostSampledTexts = 1_000

export type SampledModel =
  | { outcome: 'sampled' }
  | {
      outcome: 'none'
      reason: 'no-table' | 'no-rows' | 'other-columns'
      target: z.infer<typeof answersOfModelSchema>
    }
