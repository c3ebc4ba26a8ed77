/** How many rows a chunk of a stream has, but for the last one. Fixed, so that sums over chunks never differ. */
export const CHUNK_ROWS = 4096

/**
 * Some rows of some columns, as a model sees them: numeric types as float64 with NaN for null (booleans 0 and 1,
 * dates and times as epoch milliseconds, UTC), text as strings with `''` for null. A vector column of width w has
 * `rows × w` numbers, row by row.
 */
export interface ColumnChunk {
  rows: number
  columns: Record<string, Float64Array | string[]>
}

/** A chunk of a stream of rows; `firstRow` counts the rows of the stream before it. */
export type StreamedChunk = ColumnChunk & { firstRow: number }
