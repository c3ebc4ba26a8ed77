import { z } from 'zod'
import { columnTypes } from './columns.ts'

const counted = {
  name: z.string(),
  nulls: z.int(),
  /** Exact up to 1 024 different values; else with a standard error of 1.6 %. */
  distinct: z.strictObject({ count: z.int(), isExact: z.boolean() }),
  /** The most frequent values, at most 20 (200 of sketches that later rows are compared with), texts cut. */
  top: z.array(z.strictObject({ value: z.union([z.number(), z.string()]), count: z.int() })),
  /** How much the counts of `top` may be too low: at most 0.1 % of the rows. */
  topMissed: z.int(),
}

/** Sums of very large numbers overflow; mean and standard deviation (n - 1) are null then. */
const summary = {
  min: z.number(),
  max: z.number(),
  mean: z.number().nullable(),
  sd: z.number().nullable(),
}

const numericColumn = z.strictObject({
  ...counted,
  type: z.enum(columnTypes).exclude(['text', 'vector']),
  infinite: z.int(),
  /** Of the finite values, dates and times in epoch milliseconds; null where there are none. */
  numbers: z
    .strictObject({
      ...summary,
      /** For each of `sketchShares`. Exact up to 2 048 values; else off by at most 0.23 % of the ranks. */
      quantiles: z.array(z.number()),
      /** Intervals of equal width between minimum and maximum, with the same error. */
      histogram: z.strictObject({ edges: z.array(z.number()), counts: z.array(z.number()) }),
      isExact: z.boolean(),
      /**
       * Of sketches that later rows are compared with: quantiles at equal distances of their shares, from the least to
       * the largest, and by how much the ranks of all of them together may be off in 99 of 100 cases.
       */
      ranks: z.strictObject({ values: z.array(z.number()), error: z.number() }).exactOptional(),
    })
    .nullable(),
})

const textColumn = z.strictObject({
  ...counted,
  type: z.literal('text'),
  /** In UTF-16 code units; null where there are no texts. */
  lengths: z.strictObject(summary).nullable(),
})

export const columnSketchSchema = z.union([numericColumn, textColumn])
export type ColumnSketch = z.infer<typeof columnSketchSchema>

/** What a table looks like, in a few kilobytes: for previews, differences between runs, and drift. */
export const sketchSchema = z.strictObject({ rows: z.int(), columns: z.array(columnSketchSchema) })
export type Sketch = z.infer<typeof sketchSchema>
