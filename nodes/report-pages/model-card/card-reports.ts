import { z } from 'zod'
import type { CardRun } from './card-source.ts'

const metricsSchema = z.record(z.string(), z.object({ value: z.number().nullable() }))
const sliceSchema = z.object({
  column: z.string(),
  value: z.union([
    z.string(),
    z.object({ from: z.number().nullable(), to: z.number().nullable() }),
    z.null(),
  ]),
  count: z.number(),
  metrics: z.record(z.string(), z.number()),
})
export type CardSlice = z.infer<typeof sliceSchema>

/** What a card takes of an evaluation; reports say more. */
const evaluationSchema = z.object({
  rows: z.string(),
  count: z.number(),
  models: z.array(
    z.object({
      name: z.string(),
      metrics: metricsSchema,
      confusion: z.array(z.array(z.number())).optional(),
      calibration: z
        .object({
          predicted: z.array(z.number()),
          observed: z.array(z.number()),
          weight: z.array(z.number()),
        })
        .optional(),
      intervals: z
        .record(z.string(), z.object({ low: z.number().nullable(), high: z.number().nullable() }))
        .optional(),
      slices: z.array(sliceSchema).optional(),
      found: z.object({ worst: z.array(sliceSchema) }).optional(),
    }),
  ),
})

const explanationSchema = z.object({
  metric: z.string(),
  count: z.number(),
  answer: z.object({ class: z.string().optional() }),
  importances: z.array(z.object({ column: z.string(), mean: z.number(), deviation: z.number() })),
  contributions: z
    .object({
      scale: z.string(),
      mixed: z.array(z.array(z.string())),
      columns: z.array(z.object({ column: z.string(), meanAbsolute: z.number() })),
    })
    .optional(),
})
export type CardExplanation = z.infer<typeof explanationSchema>

const trainingSchema = z.object({
  rows: z.object({ train: z.number(), validation: z.number() }),
  warnings: z.array(z.string()),
})

/** What an evaluation of the run says of the model itself. */
export interface CardEvaluation {
  rows: string
  count: number
  model: z.infer<typeof evaluationSchema>['models'][number]
}

/** Reports by what they tell of the model; what is of another kind, or written by another version, is left out. */
export function reportsOf(run: CardRun): {
  evaluation: CardEvaluation | null
  explanation: CardExplanation | null
  training: z.infer<typeof trainingSchema> | null
} {
  const ofType = (type: string): unknown[] =>
    run.steps
      .flatMap(({ reports }) => reports.filter((report) => report.type === type))
      .map(({ content }) => content)
  const leading = run.steps.filter(({ leadsToModel }) => leadsToModel).map(({ node }) => node)
  const evaluations = ofType('evaluation').flatMap((content): CardEvaluation[] => {
    const { data } = evaluationSchema.safeParse(content)
    // Of several steps that changed the model, the last one says what was registered.
    const model = data?.models
      .filter(({ name }) => leading.includes(name) || data.models.length === 1)
      .toSorted((a, b) => leading.indexOf(b.name) - leading.indexOf(a.name))[0]
    return data && model ? [{ rows: data.rows, count: data.count, model }] : []
  })
  return {
    evaluation: evaluations.find(({ rows }) => rows === 'test') ?? evaluations[0] ?? null,
    explanation:
      ofType('explanation').flatMap((content) => explanationSchema.safeParse(content).data ?? [])[0] ?? null,
    training:
      ofType('training').flatMap((content) => trainingSchema.safeParse(content).data ?? [])[0] ?? null,
  }
}
