import { z } from 'zod'
import { cellSchema } from './cell.ts'

/** The truth, or a correction, that came for an answer. */
const feedbackSchema = z.strictObject({
  /** Epoch ms. */
  at: z.number(),
  /** The class or number that it should have been. */
  actual: z.union([z.string(), z.number()]),
  note: z.string().nullable(),
})

/** One row that was answered. */
export const loggedPredictionSchema = z.strictObject({
  predictionId: z.string(),
  /** Epoch ms. */
  at: z.number(),
  model: z.string(),
  version: z.int(),
  isFallback: z.boolean(),
  latencyMs: z.number(),
  requestId: z.string(),
  traceId: z.string().nullable(),
  /** Without the columns that are never logged. */
  inputs: z.record(z.string(), cellSchema),
  /** A class, or a number (null where it is not finite). */
  answer: z.union([z.string(), z.number(), z.null()]),
  probabilities: z.array(z.strictObject({ class: z.string(), probability: z.number() })).nullable(),
  feedback: feedbackSchema.nullable(),
})
export type LoggedPrediction = z.infer<typeof loggedPredictionSchema>

/** What records must be like; all of it. */
export const logFilterSchema = z.strictObject({
  /** Occurs in the id of the prediction, request or trace, in the answer, or in a value of the inputs. */
  text: z.string().max(1_000).nullable().default(null),
  version: z.int().nullable().default(null),
  /** The class that was answered. */
  answer: z.string().nullable().default(null),
  onlyFallback: z.boolean().default(false),
  onlyWithFeedback: z.boolean().default(false),
  /** Epoch ms. */
  from: z.number().nullable().default(null),
  to: z.number().nullable().default(null),
})
export type LogFilter = z.infer<typeof logFilterSchema>

export const feedbackEntrySchema = z.strictObject({
  predictionId: z.string().min(1).max(200),
  actual: z.union([z.string().max(10_000), z.number()]),
  note: z.string().max(10_000).nullable().default(null),
})
export type FeedbackEntry = z.infer<typeof feedbackEntrySchema>
