import type { StartColumn, TableData } from '../../../src/core/artifacts.ts'
import type { Column, RowScope } from '../../../src/core/columns.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import type { ChunkToStore } from '../../../src/tables/append-chunk.ts'
import { loadChunks } from '../../../src/tables/load-chunks.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { isStorable, visibleRows } from '../../visible-rows.ts'

/** A query for the rows of a file, in row order; a vector is one column for each of its elements. */
export async function rowsToWrite(
  context: RunContext,
  database: DuckDb,
  wanted: { table: TableData; columns: readonly Column[]; rows: RowScope },
): Promise<{ query: string; columns: WrittenColumn[] }> {
  const { table, columns, rows } = wanted
  const stored = columns.filter(isStorable)
  const vectors = columns.filter(({ type }) => type === 'vector')
  const sources: string[] = []
  if (stored.length > 0) {
    sources.push(await visibleRows(context, database, { table, columns: stored, name: 'computed', rows }))
  }
  if (vectors.length > 0) sources.push(await elementRows(context, database, { table, vectors, rows }))
  const query = `SELECT * FROM ${sources.map((source) => `(${source})`).join(' POSITIONAL JOIN ')}`
  return { query, columns: columns.flatMap(writtenColumns) }
}

type WrittenColumn = Pick<StartColumn, 'name' | 'type'>

function writtenColumns(column: Column): WrittenColumn[] {
  if (isStorable(column)) return [{ name: column.name, type: column.type }]
  return (column.elements ?? []).map((name) => ({ name, type: 'number' }))
}

async function elementRows(
  context: RunContext,
  database: DuckDb,
  { table, vectors, rows }: { table: TableData; vectors: readonly Column[]; rows: RowScope },
): Promise<string> {
  const names = vectors.map(({ name }) => name)
  return loadChunks(context, database, {
    table: 'elements',
    columns: vectors.flatMap(writtenColumns),
    chunks: elementChunks(readColumns(context, table, { columns: names, rows }), vectors),
  })
}

async function* elementChunks(
  chunks: ReturnType<typeof readColumns>,
  vectors: readonly Column[],
): AsyncIterable<ChunkToStore> {
  for await (const { rows, columns } of chunks) {
    const taken = vectors.flatMap(({ name, elements = [] }) =>
      elements.map((element, index) => {
        const values = columns[name] as Float64Array
        return [
          element,
          Float64Array.from({ length: rows }, (_, row) => values[row * elements.length + index]!),
        ]
      }),
    )
    yield { rows, columns: Object.fromEntries(taken) as ChunkToStore['columns'] }
  }
}
