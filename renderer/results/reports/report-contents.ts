import { z } from 'zod'
import { columnTypes, roles } from '../../../src/core/columns.ts'
import { columnSketchSchema } from '../../../src/core/sketch-schema.ts'
import { calibrationSchema, metricValueSchema, precisionRecallSchema } from './evaluation-content.ts'

const count = z.number()
const outcomeSchema = z.object({
  threshold: z.number(),
  f1: z.number(),
  accuracy: z.number(),
  balanced_accuracy: z.number(),
  precision: z.number(),
  recall: z.number(),
  truePositives: count,
  falsePositives: count,
  trueNegatives: count,
  falseNegatives: count,
})

export const thresholdSchema = z.object({
  method: z.string(),
  threshold: z.number(),
  rows: count,
  outcome: outcomeSchema.optional(),
  before: outcomeSchema.optional(),
  curve: precisionRecallSchema.optional(),
})

export const crossValidationSchema = z.object({
  method: z.string(),
  target: z.string(),
  folds: z.array(
    z.object({
      fold: z.number(),
      rows: z.object({ train: count, validation: count, heldOut: count }),
      metrics: z.record(z.string(), metricValueSchema),
    }),
  ),
  summary: z.record(
    z.string(),
    z.object({
      mean: z.number(),
      sd: z.number().nullable(),
      lowest: z.number(),
      highest: z.number(),
      folds: count,
    }),
  ),
  outOfFold: z.looseObject({
    confusion: z.array(z.array(z.number())).optional(),
    classes: z.union([z.array(z.string()), z.number()]).optional(),
    errors: z.record(z.string(), z.number()).optional(),
  }),
})

const expectationResult = z.object({
  success: z.boolean(),
  severity: z.string(),
  expectation_config: z.object({ type: z.string(), kwargs: z.record(z.string(), z.json()) }),
  result: z.record(z.string(), z.json()),
})
export type ExpectationResult = z.infer<typeof expectationResult>
export const expectationsSchema = z.object({ success: z.boolean(), results: z.array(expectationResult) })

const answered = z.union([z.string(), z.number(), z.null()])
const modelTestResult = z.object({
  test: z.string(),
  phrase: z.string(),
  severity: z.string(),
  success: z.boolean(),
  rows: count,
  unexpected: count,
  observed: z.number().nullable(),
  failedRows: z.array(
    z.object({
      answer: answered,
      changed: z.object({ from: answered, to: answered, answer: answered }).nullable(),
      row: z.record(z.string(), answered),
    }),
  ),
})
export type ModelTestResult = z.infer<typeof modelTestResult>
export const modelTestsSchema = z.object({ success: z.boolean(), results: z.array(modelTestResult) })

export const schemaReportSchema = z.object({
  success: z.boolean(),
  errors: z.array(z.object({ type: z.string(), fields: z.array(z.string()), note: z.string() })),
  checks: z.array(
    z.looseObject({ fields: z.array(z.string()), constraint: z.string(), success: z.boolean() }),
  ),
  schema: z.json(),
  inferred: z.json(),
})

const shownRow = z.record(z.string(), z.json())
export const comparisonSchema = z.object({
  key: z.array(z.string()),
  counts: z.object({ before: count, after: count }),
  columns: z.object({
    added: z.array(z.string()),
    removed: z.array(z.string()),
    retyped: z.array(z.object({ column: z.string(), before: z.string(), after: z.string() })),
  }),
  rows: z
    .object({
      added: count,
      removed: count,
      changed: count,
      unchanged: count,
      cells: z.array(z.object({ column: z.string(), changed: count })),
      examples: z.object({
        added: z.array(shownRow),
        removed: z.array(shownRow),
        changed: z.array(
          z.object({
            key: shownRow,
            values: z.record(z.string(), z.object({ before: z.json(), after: z.json() })),
          }),
        ),
      }),
    })
    .nullable(),
  distributions: z.array(
    z.object({
      column: z.string(),
      measure: z.string(),
      distance: z.number().nullable(),
      missing: z.object({ before: z.number().nullable(), after: z.number().nullable() }),
    }),
  ),
})

export const outliersSchema = z.object({
  method: z.string(),
  action: z.string(),
  rows: count,
  columns: z.array(
    z.object({
      column: z.string(),
      lower: z.number().nullable(),
      upper: z.number().nullable(),
      below: count,
      above: count,
    }),
  ),
})

const correlation = z.array(z.array(z.number().nullable()))
export const profileSchema = z.object({
  rows: count,
  columns: z.array(
    z.looseObject({
      name: z.string(),
      type: z.enum(columnTypes),
      role: z.enum(roles),
      explainsTarget: z.number().nullable(),
      sketch: columnSketchSchema,
    }),
  ),
  duplicates: z.object({ rows: count, share: z.number() }),
  missing: z.looseObject({ completeRows: count }),
  correlations: z
    .object({ columns: z.array(z.string()), rows: count, pearson: correlation, spearman: correlation })
    .nullable(),
  suspicious: z.array(z.object({ column: z.string(), kind: z.string(), note: z.string() })),
})

const metrics = z.record(z.string(), z.number())
export const calibrationReportSchema = z.object({
  method: z.string(),
  rows: count,
  metrics: z.object({ before: metrics, after: metrics }),
  curve: z.object({ before: calibrationSchema, after: calibrationSchema }).optional(),
})

const shapleyColumn = z.object({ column: z.string(), meanAbsolute: z.number() })
const shownValue = z.union([z.number(), z.string(), z.null()])
const contributionsSchema = z.object({
  method: z.string(),
  scale: z.string(),
  mixed: z.array(z.array(z.string())),
  count,
  base: z.number(),
  columns: z.array(
    shapleyColumn.extend({
      type: z.string(),
      values: z.array(shownValue).optional(),
      contributions: z.array(z.number()).optional(),
    }),
  ),
  rows: z.array(
    z.object({
      class: z.string().optional(),
      base: z.number().optional(),
      score: z.number(),
      contributions: z.array(
        z.object({
          column: z.string(),
          value: shownValue,
          contribution: z.number(),
          error: z.number().optional(),
        }),
      ),
    }),
  ),
  classes: z
    .array(z.object({ class: z.string(), base: z.number(), columns: z.array(shapleyColumn) }))
    .optional(),
})
export type ContributionsContent = z.infer<typeof contributionsSchema>

export const explanationSchema = z.object({
  rows: z.string(),
  count,
  metric: z.string(),
  baseline: z.number(),
  importances: z.array(z.object({ column: z.string(), mean: z.number(), deviation: z.number() })),
  answer: z.union([z.object({ class: z.string() }), z.object({ value: z.string() })]),
  dependences: z.array(
    z.object({
      column: z.string(),
      points: z.array(z.union([z.number(), z.string(), z.null()])),
      average: z.array(z.number()),
      lines: z.array(z.array(z.number())),
    }),
  ),
  contributions: contributionsSchema.optional(),
})

const parameterValue = z.union([z.string(), z.number(), z.boolean()])
const point = z.record(z.string(), parameterValue)
export const tuningSchema = z.object({
  method: z.string(),
  metric: z.string(),
  direction: z.enum(['maximize', 'minimize']),
  best: z.object({ trial: z.string(), parameters: point, value: z.number() }),
  trials: z.array(
    z.object({
      trial: z.string(),
      parameters: point,
      resource: z.number().optional(),
      value: z.number().optional(),
      failed: z.string().optional(),
    }),
  ),
})

export const rulesSchema = z.object({
  rows: count,
  rules: z.array(z.object({ name: z.string(), when: z.string(), answer: z.string(), rows: count })),
})

export const leaderboardSchema = z.object({
  metric: z.string(),
  leaderboard: z.array(
    z.object({ name: z.string(), learner: z.json(), value: z.number(), weight: z.number() }),
  ),
  failed: z.array(z.object({ name: z.string(), problem: z.string() })),
  leftOut: z.array(z.string()),
  value: z.number(),
})
