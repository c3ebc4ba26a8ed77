import { z } from 'zod'

const value = z.union([z.string(), z.number(), z.null()])

/** A row of an answer. */
export const answeredRowSchema = z.object({
  prediction: value,
  probabilities: z.record(z.string(), z.number().nullable()).optional(),
  /** Not of replayed rows. */
  predictionId: z.string().default(''),
  fallback: z.boolean().optional(),
})
export type AnsweredRow = z.infer<typeof answeredRowSchema>

/** `POST /predict` of one row. */
export const oneAnswerSchema = answeredRowSchema.extend({ model: z.string(), version: z.int() })

/** `POST /predict` of several rows. */
export const manyAnswersSchema = z.object({ predictions: z.array(answeredRowSchema) })

export const refusalSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    problems: z.array(z.object({ row: z.int(), field: z.string(), message: z.string() })).optional(),
  }),
})

/** JSON of a body, or null for what is none. */
export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
