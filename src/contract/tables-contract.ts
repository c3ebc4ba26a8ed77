import { z } from 'zod'
import { columnSchema, splitParts } from '../core/columns.ts'
import { sketchSchema } from '../core/sketch-schema.ts'
import { cellSchema } from './cell.ts'
import { operation } from './operation.ts'

/** Hash of a table artifact. */
const artifact = z.string().regex(/^[0-9a-f]{64}$/)
/** A condition in the language of expressions, on visible columns; null for all rows. */
const filter = z.string().max(10_000).nullable()

export const tablePageSchema = z.strictObject({
  /** All visible columns. */
  columns: z.array(columnSchema),
  /** A row each, with a cell for each column. */
  rows: z.array(z.array(cellSchema)),
  /** Where each row stands in the table, from 0. */
  indexes: z.array(z.int()),
  /** The part of the split of each row; null where the table is not split. */
  parts: z.array(z.enum(splitParts)).nullable(),
  /** Rows of the table, and those that the filter lets through. */
  total: z.int(),
  matching: z.int(),
})
export type TablePage = z.infer<typeof tablePageSchema>

export const pageRequestSchema = z.strictObject({
  artifact,
  offset: z.int().min(0),
  limit: z.int().min(0).max(1000),
  sort: z.strictObject({ column: z.string(), descending: z.boolean() }).nullable(),
  filter,
})
export type PageRequest = z.infer<typeof pageRequestSchema>

export const pointsRequestSchema = z.strictObject({
  artifact,
  columns: z.array(z.string()).min(1).max(20),
  limit: z.int().min(1).max(50_000),
  filter,
})
export type PointsRequest = z.infer<typeof pointsRequestSchema>

export const tablePointsSchema = z.strictObject({
  columns: z.array(columnSchema),
  /** A list of values for each column, all of one length, in the order of the rows. */
  values: z.array(z.array(cellSchema)),
  indexes: z.array(z.int()),
  matching: z.int(),
})
export type TablePoints = z.infer<typeof tablePointsSchema>

export const exportRequestSchema = z.strictObject({
  artifact,
  format: z.enum(['csv', 'parquet']),
  /** Absolute; null for a temporary file, which whoever asked for it removes. */
  path: z.string().nullable(),
  filter,
})
export type ExportRequest = z.infer<typeof exportRequestSchema>

const exportAnswerSchema = z.strictObject({ path: z.string(), rows: z.int() })
export type ExportAnswer = z.infer<typeof exportAnswerSchema>

export const tablesContract = {
  /** Some rows of a table as they are seen, columns of the recipe too. */
  page: operation.input(pageRequestSchema).output(tablePageSchema),
  /** What every column looks like; made once for a table. Of a vector nothing is told. */
  sketch: operation.input(z.strictObject({ artifact })).output(sketchSchema),
  /** At most `limit` rows, spread evenly and the same ones each time: for charts. */
  points: operation.input(pointsRequestSchema).output(tablePointsSchema),
  /** Writes the visible columns to a file. */
  export: operation.input(exportRequestSchema).output(exportAnswerSchema),
}
