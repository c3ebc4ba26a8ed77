import { z } from 'zod'
import { alertRuleSchema, defaultAlertRules } from './alert-rule.ts'
import { monitorMetrics, qualityMetrics } from './monitor-metrics.ts'

/** How two distributions of a column are compared. `auto`: by type, number of values and number of rows. */
export const monitorMethods = [
  'auto',
  'kolmogorov-smirnov',
  'chi-square',
  'wasserstein',
  'jensen-shannon',
  'population-stability-index',
  'kullback-leibler',
  'total-variation',
] as const

const windowSchema = z.discriminatedUnion('kind', [
  /** So many rows that one version answered. */
  z.strictObject({ kind: z.literal('rows'), rows: z.int().min(50).max(100_000).default(1_000) }),
  /** What one version answered in a span of time; spans begin at whole multiples of it. */
  z.strictObject({ kind: z.literal('time'), minutes: z.int().min(1).max(10_080).default(60) }),
])

const watchedColumnSchema = z.strictObject({
  method: z.enum(monitorMethods).default('auto'),
  /** A distance from which on it is drift; of a test the p-value below which it is. Null: 0.1, and 0.05. */
  limit: z.number().positive().nullable().default(null),
  isIgnored: z.boolean().default(false),
})
export type WatchedColumn = z.infer<typeof watchedColumnSchema>

export const businessMetricSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,62}$/, 'Small letters, digits, “-” and “_”, beginning with a letter.'),
  /**
   * Over the columns that were asked for and `answer`, `probability` (of the answer; of the positive class where there
   * are two), and of rows that something was said about `label` and `score`.
   */
  expression: z.string().min(1).max(10_000),
  /** `share`: of the rows for which the expression holds. */
  aggregate: z.enum(['mean', 'sum', 'share']).default('mean'),
  /** All rows, or those that something was said about. */
  over: z.enum(['predictions', 'feedback']).default('predictions'),
  unit: z.string().max(20).nullable().default(null),
  /** It is beyond its limits below the one and above the other. */
  least: z.number().nullable().default(null),
  most: z.number().nullable().default(null),
})
export type BusinessMetric = z.infer<typeof businessMetricSchema>

const qualityWatchSchema = z.strictObject({
  /** Empty: those that are usual for the kind of answers. */
  metrics: z.array(z.enum(qualityMetrics)).default([]),
  /** Quality has dropped when it is worse by more than this: points of a share, or the part by which an error grew. */
  margin: z.number().min(0).max(1).default(0.03),
})

/** What is watched of a deployment, and how. A deployment without one of its own has the default one. */
export const monitorSpecSchema = z.strictObject({
  isOn: z.boolean().default(true),
  window: windowSchema.default({ kind: 'rows', rows: 1_000 }),
  /** What is other than usual for a column, by its name. */
  columns: z.record(z.string(), watchedColumnSchema).default({}),
  /** Corrects for many columns (Benjamini and Hochberg) where columns are compared by tests. */
  adjust: z.boolean().default(false),
  /** A window as a whole has drifted when at least this share of its columns has. */
  share: z.number().gt(0).max(1).default(0.5),
  /** Columns by whose values everything is measured once more. */
  segments: z.array(z.string()).max(5).default([]),
  quality: qualityWatchSchema.default({ metrics: [], margin: 0.03 }),
  business: z.array(businessMetricSchema).max(50).default([]),
  /** When somebody is told. */
  rules: z
    .array(alertRuleSchema)
    .max(200)
    .default(() => [...defaultAlertRules]),
})
export type MonitorSpec = z.infer<typeof monitorSpecSchema>

export const defaultMonitor: MonitorSpec = monitorSpecSchema.parse({})

/** A part of the rows: those with a value of a column, or, of a column of numbers, within a band such as `18 – 35`. */
export const segmentSchema = z.strictObject({ column: z.string(), value: z.string() })
export type Segment = z.infer<typeof segmentSchema>

/** One value of one metric in one window. Times are epoch ms; latencies are ms, `memory` is bytes, shares go from 0 to 1. */
export const monitorPointSchema = z.strictObject({
  metric: z.enum(monitorMetrics),
  /** The column; of `business` its name; of `cpu` and `memory` the number of the process. Else null. */
  column: z.string().nullable(),
  /** Null: all rows. */
  segment: segmentSchema.nullable(),
  /** `MODEL:VERSION`; null for what is of all versions. */
  version: z.string().nullable(),
  from: z.number(),
  to: z.number(),
  /** What it was measured over: rows of the window, or, of quality, those with a truth; requests of a latency. */
  rows: z.int(),
  value: z.number(),
  /** A 95 % interval; null where none is known. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** What the same was on the rows that the version was trained or tested with; null where it is not known. */
  reference: z.number().nullable(),
  /** Null where there is none. Drift is judged upwards of it, quality in its own direction. */
  limit: z.number().nullable(),
  isBeyond: z.boolean(),
  /** Of drift: how it was measured. A test’s value is 1 − p, so that more is always worse. */
  method: z.string().nullable(),
})
export type MonitorPoint = z.infer<typeof monitorPointSchema>
