import { z } from 'zod'
import { servedRoles } from './deployment-info.ts'

/** Milliseconds, from differences of histograms: exact to the bounds of a bucket. Null where nothing was answered. */
const latency = {
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
}

const rates = {
  requestsPerSecond: z.number(),
  rowsPerSecond: z.number(),
  errorsPerSecond: z.number(),
  ...latency,
}

/** What an endpoint did between two looks, all of its processes together. */
export const statisticsPointSchema = z.strictObject({
  /** Epoch ms of the second look. */
  at: z.number(),
  ...rates,
  /** Per second, by reason: `bad-input`, `timeout`, `busy`, … */
  errors: z.record(z.string(), z.number()),
  /** Mean rows of a batch; null without one. */
  batchRows: z.number().nullable(),
  queueDepth: z.int(),
  residentBytes: z.number(),
  /** Of one core: 1.5 is one and a half. */
  cpuShare: z.number(),
  versions: z
    .array(
      z.strictObject({
        model: z.string(),
        version: z.int(),
        role: z.enum([...servedRoles, 'fallback']),
        ...rates,
      }),
    )
    .readonly(),
  /** Answers that were not logged since the log could not keep up, per second. */
  logDroppedPerSecond: z.number(),
})
export type StatisticsPoint = z.infer<typeof statisticsPointSchema>

/** Since it was switched on. */
export const statisticsTotalsSchema = z.strictObject({
  since: z.number(),
  requests: z.int(),
  rows: z.int(),
  errors: z.record(z.string(), z.int()),
  logged: z.int(),
  logDropped: z.int(),
})
export type StatisticsTotals = z.infer<typeof statisticsTotalsSchema>
