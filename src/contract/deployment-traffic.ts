import { z } from 'zod'
import { servedRoles } from './deployment-info.ts'

/** A value with its 95 % interval; null bounds where too little was seen. */
const estimateSchema = z.strictObject({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type Estimate = z.infer<typeof estimateSchema>

const versionName = { model: z.string(), version: z.int() }

const versionTrafficSchema = z.strictObject({
  ...versionName,
  role: z.enum([...servedRoles, 'fallback']),
  weight: z.number(),
  requests: z.int(),
  rows: z.int(),
  errorShare: estimateSchema,
  meanLatencyMs: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  /** Shares of the answers, the most frequent first; empty for numbers. */
  labels: z.array(z.strictObject({ label: z.string(), count: z.int(), share: estimateSchema })),
  /** Mean of the numbers it answers; null for classes. */
  meanAnswer: estimateSchema.nullable(),
  /** From feedback: the share that was right, or the mean absolute error. Null without any. */
  quality: z
    .strictObject({
      metric: z.enum(['accuracy', 'mean-absolute-error']),
      count: z.int(),
      estimate: estimateSchema,
    })
    .nullable(),
})
export type VersionTraffic = z.infer<typeof versionTrafficSchema>

/**
 * Another version against the first live one. `interval` and `pValue` hold for one look at a time that was chosen
 * beforehand; `always` holds however often one looks.
 */
const comparisonSchema = z.strictObject({
  baseline: z.strictObject(versionName),
  other: z.strictObject(versionName),
  metric: z.enum(['error-share', 'answer-share', 'answer-mean', 'accuracy', 'mean-absolute-error']),
  /** Of `answer-share`: which answer. */
  label: z.string().nullable(),
  method: z.enum(['two-proportion-z', 'welch-t']),
  /** Other minus baseline. */
  difference: z.number(),
  interval: z.strictObject({ low: z.number(), high: z.number() }),
  pValue: z.number(),
  always: z.strictObject({ low: z.number(), high: z.number(), isDifferent: z.boolean() }),
  verdict: z.enum(['better', 'worse', 'different', 'undecided']),
})
export type TrafficComparison = z.infer<typeof comparisonSchema>

/** How the versions of an endpoint do beside each other, since it was switched on with them. */
export const trafficResultsSchema = z.strictObject({
  since: z.number().nullable(),
  versions: z.array(versionTrafficSchema),
  comparisons: z.array(comparisonSchema),
  shadows: z.array(
    z.strictObject({
      ...versionName,
      compared: z.int(),
      /** Not copied, so that the answers that are returned stay fast. */
      dropped: z.int(),
      agreement: estimateSchema,
      /** Of its number, or probability of the positive class, minus the one that was returned. */
      meanDifference: estimateSchema.nullable(),
    }),
  ),
  canary: z
    .strictObject({
      ...versionName,
      state: z.enum(['watched', 'passed', 'rolled-back']),
      requests: z.int(),
      minimumRequests: z.int(),
      /** Why it was rolled back, in words. */
      reason: z.string().nullable(),
    })
    .nullable(),
})
export type TrafficResults = z.infer<typeof trafficResultsSchema>
