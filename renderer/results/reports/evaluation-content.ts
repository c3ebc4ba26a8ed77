import { z } from 'zod'
import { tasks } from '../../../src/core/columns.ts'

const numbers = z.array(z.number())
export const metricValueSchema = z.object({ value: z.number().nullable(), reason: z.string().optional() })
export const rocSchema = z.object({
  falsePositiveRate: numbers,
  truePositiveRate: numbers,
  thresholds: numbers,
})
export const precisionRecallSchema = z.object({ precision: numbers, recall: numbers, thresholds: numbers })
export const calibrationSchema = z.object({ predicted: numbers, observed: numbers, weight: numbers })

export const residualsSchema = z.object({
  mean: z.number(),
  deviation: z.number(),
  byPrediction: z.array(
    z.object({ from: z.number(), to: z.number(), low: z.number(), median: z.number(), high: z.number() }),
  ),
  largest: z.array(
    z.object({ row: z.number(), actual: z.number(), predicted: z.number(), residual: z.number() }),
  ),
})
const gainSchema = z.object({ share: numbers, captured: numbers })

const evaluatedModel = z.looseObject({
  name: z.string(),
  task: z.enum(tasks),
  target: z.object({
    name: z.string(),
    classes: z.array(z.string()).optional(),
    positive: z.string().optional(),
  }),
  threshold: z.number().optional(),
  metrics: z.record(z.string(), metricValueSchema),
  confusion: z.array(numbers).optional(),
  roc: rocSchema.optional(),
  precisionRecall: precisionRecallSchema.optional(),
  calibration: calibrationSchema.optional(),
  gain: gainSchema.optional(),
  residuals: residualsSchema.optional(),
})
export type EvaluatedModel = z.infer<typeof evaluatedModel>

/** What “Evaluate” reports; what it says beyond this is shown as it is. */
export const evaluationSchema = z.looseObject({
  rows: z.string(),
  count: z.number(),
  missing: z.number(),
  models: z.array(evaluatedModel).min(1),
})
export type Evaluation = z.infer<typeof evaluationSchema>
