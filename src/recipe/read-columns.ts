import type { TableData } from '../core/artifacts.ts'
import type { RowScope } from '../core/columns.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { StreamedChunk } from '../tables/column-chunk.ts'

/**
 * Any visible columns of a table, stored or computed by its recipe, in chunks of 4 096 rows, in row order. A vector
 * of width w has w numbers a row. Throws `recipe.column-missing`.
 */
export async function* readColumns(
  context: RunContext,
  table: TableData,
  { columns, rows }: { columns: readonly string[]; rows: RowScope },
): AsyncIterable<StreamedChunk> {
  throw new Error(`not there yet ${context.node} ${table.rows.count} ${columns.length} ${rows}`)
}
