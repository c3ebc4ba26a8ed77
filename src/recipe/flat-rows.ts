import type { ColumnChunk } from '../tables/column-chunk.ts'

/**
 * Rows of numbers, vectors among them, side by side. `widths` are those of the columns; rows in which one is missing
 * are passed over, and infinite ones told.
 */
export function* flatRows(
  chunk: ColumnChunk,
  columns: readonly { name: string; width: number }[],
  onInfinite: (column: string) => never,
): Iterable<Float64Array> {
  const row = new Float64Array(columns.reduce((sum, { width }) => sum + width, 0))
  for (let index = 0; index < chunk.rows; index++) {
    let at = 0
    let isWhole = true
    for (const { name, width } of columns) {
      const values = chunk.columns[name] as Float64Array
      for (let element = 0; element < width; element++) {
        const value = values[index * width + element]!
        if (Number.isNaN(value)) isWhole = false
        else if (!Number.isFinite(value)) onInfinite(name)
        row[at++] = value
      }
    }
    if (isWhole) yield row
  }
}
