import { z } from 'zod'
import { modelChoiceSchema, rawValueSchema } from './model-details.ts'

/** A model and a raw row; texts are read by the rules of their columns, what is left out is null. */
export const explainRowSchema = z.strictObject({
  model: modelChoiceSchema,
  row: z.record(z.string(), rawValueSchema),
  /** What is explained: else the positive class of two, or the one that is answered of several. */
  class: z.string().exactOptional(),
})

export const refusedRowSchema = z.strictObject({
  outcome: z.literal('refused'),
  problems: z.array(z.strictObject({ input: z.string(), message: z.string() })),
})

const explainedRowSchema = z.strictObject({
  outcome: z.literal('explained'),
  /** Exact of trees, exact of linear functions, sampled of anything else. */
  method: z.enum(['tree-shap', 'linear-shap', 'sampled-shapley']),
  /** What base and contributions are amounts of; `log-weight`: of one of several classes, before they are made shares. */
  scale: z.enum(['value', 'logarithm', 'power', 'log-odds', 'log-weight', 'probability']),
  /** Null for amounts. */
  class: z.string().nullable(),
  /** What is said of a row that nothing is known of. */
  base: z.number(),
  /** Base and contributions together: before calibration, threshold and rules. */
  score: z.number(),
  /** The strongest first. `error`: the standard error of one that is sampled. */
  contributions: z.array(
    z.strictObject({
      column: z.string(),
      value: rawValueSchema,
      contribution: z.number(),
      error: z.number().nullable(),
    }),
  ),
  /** Columns that the model sees mixed together: what these add is shared evenly among them. */
  mixed: z.array(z.array(z.string())),
  /** As `models.answer` gives them. */
  answer: z.union([z.string(), z.number(), z.null()]),
  probabilities: z.array(z.strictObject({ class: z.string(), probability: z.number() })).nullable(),
})

export const modelExplanationSchema = z.discriminatedUnion('outcome', [explainedRowSchema, refusedRowSchema])
export type ModelExplanation = z.infer<typeof modelExplanationSchema>
export type ExplainRowRequest = z.infer<typeof explainRowSchema>
