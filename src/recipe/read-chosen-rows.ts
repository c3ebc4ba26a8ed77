import type { TableData } from '../core/artifacts.ts'
import type { RowScope } from '../core/columns.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import { readStartChunks } from '../tables/start-rows.ts'

/** The rows of a part, or those whose index (0 is the first stored row) is accepted. */
export type RowChoice = RowScope | ((index: number) => boolean)

/** Start columns of the chosen rows, in row order, in chunks of at most 4 096 rows. */
export async function* readChosenRows(
  context: RunContext,
  table: TableData,
  { columns, rows }: { columns: readonly string[]; rows: RowChoice },
): AsyncIterable<ColumnChunk> {
  if (typeof rows === 'string') {
    yield* readStartChunks(context, table, { columns, rows })
    return
  }
  for await (const chunk of readStartChunks(context, table, { columns, rows: 'all' })) {
    const indexes: number[] = []
    for (let index = 0; index < chunk.rows; index++) if (rows(chunk.firstRow + index)) indexes.push(index)
    if (indexes.length > 0) yield pickRows(chunk, indexes)
  }
}

function pickRows(chunk: ColumnChunk, indexes: readonly number[]): ColumnChunk {
  if (indexes.length === chunk.rows) return chunk
  const columns = Object.entries(chunk.columns).map(([name, values]) => {
    const picked =
      values instanceof Float64Array
        ? Float64Array.from(indexes, (index) => values[index]!)
        : indexes.map((index) => values[index]!)
    return [name, picked]
  })
  return { rows: indexes.length, columns: Object.fromEntries(columns) as ColumnChunk['columns'] }
}
