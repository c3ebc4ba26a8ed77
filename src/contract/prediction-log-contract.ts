import { z } from 'zod'
import { cellSchema } from './cell.ts'

/** What was said about an answer, sooner or later. */
const feedbackSchema = z.strictObject({
  /** Epoch ms. */
  at: z.number(),
  /** The truth: a label, or a number. */
  label: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  /** Whether the answer was right, where the truth is not said. */
  isRight: z.boolean().nullable(),
  /** How good the answer was, from 0 to 1. */
  score: z.number().nullable(),
  source: z.string().nullable(),
  comment: z.string().nullable(),
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
  /** Its place in the request, from 0, and how many there were; of many rows the first are told. */
  row: z.int(),
  rowsOfRequest: z.int(),
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

/** One of `label`, `isRight` and `score` at least. */
export const feedbackEntrySchema = z.strictObject({
  predictionId: z.string().min(1).max(200),
  label: z
    .union([z.string().max(10_000), z.number(), z.boolean()])
    .nullable()
    .default(null),
  isRight: z.boolean().nullable().default(null),
  score: z.number().min(0).max(1).nullable().default(null),
  /** Takes back what was said before, instead of saying something. */
  isRetracted: z.boolean().default(false),
  source: z.string().max(200).nullable().default(null),
  comment: z.string().max(10_000).nullable().default(null),
})
export type FeedbackEntry = z.infer<typeof feedbackEntrySchema>
