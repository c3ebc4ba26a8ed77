import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { reportDataSchema } from '../core/artifacts.ts'
import { columnTypes } from '../core/columns.ts'
import { monitorMetrics } from '../core/monitor-metrics.ts'
import { monitorPointSchema, monitorSpecSchema, segmentSchema } from '../core/monitor.ts'
import { operation } from './operation.ts'
import { loggedPredictionSchema } from './prediction-log-contract.ts'

const name = z.string().min(1).max(63)
const byName = z.strictObject({ name })

/** A window by its beginning; `version` is `MODEL:VERSION`. */
const byWindow = z.strictObject({ name, version: z.string(), from: z.number() })

/** Rows that were measured together. Times are epoch ms. */
export const monitorWindowSchema = z.strictObject({
  /** `MODEL:VERSION`. */
  version: z.string(),
  from: z.number(),
  to: z.number(),
  rows: z.int(),
  /** Of these, how many something was said about by now. */
  labelled: z.int(),
})
export type MonitorWindow = z.infer<typeof monitorWindowSchema>

/** What the rows of a version are compared with. */
export const monitorReferenceSchema = z.strictObject({
  /** `MODEL:VERSION`. */
  version: z.string(),
  role: z.enum(['live', 'canary', 'shadow']),
  /** `waiting`: there is nothing to compare with, and `reason` says why; what needs no reference is measured all the same. */
  state: z.enum(['ready', 'building', 'waiting']),
  reason: z.string().nullable(),
  /** The table that the version was trained on. */
  table: z.string().nullable(),
  /** Its rows that the version learned from: what columns are compared with. */
  rows: z.int(),
  /** Rows that it had not seen: what answers and quality are compared with. */
  heldOut: z.int(),
  /** On the held-out rows, by metric. */
  quality: z.partialRecord(z.enum(monitorMetrics), z.number()),
  /**
   * Whether the mean confidence on the held-out rows is the share of right answers there: only then is the expected
   * accuracy told. Null for answers without probabilities.
   */
  calibration: z
    .strictObject({ isCalibrated: z.boolean(), accuracy: z.number(), confidence: z.number() })
    .nullable(),
  columns: z
    .array(
      z.strictObject({
        name: z.string(),
        type: z.enum(columnTypes),
        isWatched: z.boolean(),
        /** Why not. */
        reason: z.string().nullable(),
        /** Shares of the training rows. */
        missing: z.number(),
      }),
    )
    .readonly(),
})
export type MonitorReference = z.infer<typeof monitorReferenceSchema>

export const monitorHealths = ['ok', 'warning', 'alert', 'waiting', 'off'] as const

export const monitorOverviewSchema = z.strictObject({
  name: z.string(),
  /**
   * `alert`: the table as a whole has drifted, quality has dropped, or a critical alert is open. `warning`: a column has
   * drifted, or another alert is open. `waiting`: no window is full yet, or there is nothing to compare with. `off`: it is
   * not watched.
   */
  health: z.enum(monitorHealths),
  /** In words. */
  reason: z.string(),
  /** Of the newest window of the version with the most traffic, without segments and columns, and of the newest minute. */
  newest: z.array(monitorPointSchema).readonly(),
  /** Columns of that window that are beyond their limits, the farthest first. */
  driftedColumns: z.array(z.string()).readonly(),
  window: monitorWindowSchema.nullable(),
  /** Rows of the window that is being filled. */
  openRows: z.int(),
  /** When it was measured last; null while it never was. */
  measuredAt: z.number().nullable(),
})
export type MonitorOverview = z.infer<typeof monitorOverviewSchema>

/** Shares of both sides: of the intervals between inner edges, or of the most frequent values and the rest. */
export const columnDistributionSchema = z.strictObject({
  edges: z.array(z.number()).readonly().nullable(),
  values: z
    .array(z.union([z.string(), z.number()]))
    .readonly()
    .nullable(),
  reference: z.array(z.number()).readonly(),
  current: z.array(z.number()).readonly(),
})
export type ColumnDistribution = z.infer<typeof columnDistributionSchema>

export const monitoredColumnSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('shown'),
    type: z.enum(columnTypes),
    rows: z.strictObject({ reference: z.int(), current: z.int() }),
    missing: z.strictObject({ reference: z.number(), current: z.number() }),
    /** Null where one side has no value at all. */
    distribution: columnDistributionSchema.nullable(),
  }),
  /** Its rows are no longer in the log, or there is no reference. */
  z.strictObject({ outcome: z.literal('none'), reason: z.string() }),
])
export type MonitoredColumn = z.infer<typeof monitoredColumnSchema>

/** Points that have come, or were measured anew since labels came late. */
export const monitorEventSchema = z.strictObject({
  name: z.string(),
  points: z.array(monitorPointSchema),
})
export type MonitorEvent = z.infer<typeof monitorEventSchema>

/** Absent: any. Null of `column`, `segment` and `version`: those points that are of none. */
export const seriesFilterSchema = z.strictObject({
  metric: z.enum(monitorMetrics),
  column: z.string().nullable().exactOptional(),
  segment: segmentSchema.nullable().exactOptional(),
  version: z.string().nullable().exactOptional(),
  /** Epoch ms: windows that ended after the one and began before the other. */
  from: z.number().exactOptional(),
  to: z.number().exactOptional(),
})
export type SeriesFilter = z.infer<typeof seriesFilterSchema>

export const monitoringContract = {
  /** Of every deployment, by name. */
  overview: operation.output(z.strictObject({ deployments: z.array(monitorOverviewSchema) })),
  show: operation.input(byName).output(
    z.strictObject({
      spec: monitorSpecSchema,
      /** False: it is the default one. */
      isOwn: z.boolean(),
      overview: monitorOverviewSchema,
      references: z.array(monitorReferenceSchema),
      /** The newest first, at most 200. */
      windows: z.array(monitorWindowSchema),
      /** Values of the segment columns that were measured. */
      segments: z.array(segmentSchema),
    }),
  ),
  /** What is watched from now on; windows that are closed stay as they are. Null: the default one. */
  apply: operation
    .input(z.strictObject({ name, spec: monitorSpecSchema.nullable() }))
    .output(z.strictObject({ spec: monitorSpecSchema, changed: z.boolean() })),
  /** Measures all that is due now, where it would be measured some seconds later. */
  settle: operation.input(byName).output(
    z.strictObject({
      /** Windows that were closed. */
      windows: z.int(),
      /** Windows that were measured anew since labels came. */
      relabelled: z.int(),
    }),
  ),
  /** The oldest first; of more than `limit` the newest. */
  series: operation
    .input(
      z.strictObject({
        name,
        ...seriesFilterSchema.shape,
        limit: z.int().min(1).max(20_000).default(2_000),
      }),
    )
    .output(z.strictObject({ points: z.array(monitorPointSchema), isCut: z.boolean() })),
  /** All that was measured in one window. */
  window: operation
    .input(byWindow)
    .output(z.strictObject({ window: monitorWindowSchema, points: z.array(monitorPointSchema) })),
  /** How a column (or `prediction`, where no column has that name) was distributed in a window, and in the reference. */
  column: operation
    .input(
      z.strictObject({
        ...byWindow.shape,
        column: z.string(),
        segment: segmentSchema.nullable().default(null),
      }),
    )
    .output(monitoredColumnSchema),
  /** The rows behind a point, the newest first. */
  rows: operation
    .input(
      z.strictObject({
        ...byWindow.shape,
        segment: segmentSchema.nullable().default(null),
        limit: z.int().min(1).max(1_000).default(100),
        /** Rows to pass over: `next` of the page before. */
        after: z.int().min(0).default(0),
      }),
    )
    .output(
      z.strictObject({
        records: z.array(loggedPredictionSchema),
        rows: z.int(),
        /** Null at the end. */
        next: z.int().nullable(),
      }),
    ),
  /** A drift report of a window: kept as an artifact, and as one page that needs nothing else. */
  report: operation.input(byWindow).output(
    z.strictObject({
      artifact: z.string(),
      report: reportDataSchema,
      /** HTML. */
      page: z.string(),
    }),
  ),
  /** Of one deployment, or of all; until the reader ends it. */
  events: operation
    .input(z.strictObject({ name: name.nullable().default(null) }))
    .output(eventIterator(monitorEventSchema)),
}
