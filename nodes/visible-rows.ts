import type { TableData } from '../src/core/artifacts.ts'
import type { Column } from '../src/core/columns.ts'
import type { RunContext } from '../src/node-kit/run-context.ts'
import { readColumns } from '../src/recipe/read-columns.ts'
import { loadChunks } from '../src/tables/load-chunks.ts'
import type { DuckDb } from '../src/tables/open-duckdb.ts'
import { quoteName } from '../src/tables/quote.ts'
import { rowsRelation } from '../src/tables/rows-relation.ts'

/**
 * A query for visible columns of a table, by name, in row order, on a database that may read the folder of its rows.
 * Columns that the recipe computes are computed once, into a table of the database called `name`.
 */
export async function visibleRows(
  context: RunContext,
  database: DuckDb,
  { table, columns, name }: { table: TableData; columns: readonly StoredColumn[]; name: string },
): Promise<string> {
  const stored = columns.filter(({ origin }) => origin === 'start')
  const computed = columns.filter(({ origin }) => origin === 'recipe')
  const names = (some: readonly Column[]) => some.map((column) => quoteName(column.name)).join(', ')
  if (computed.length === 0) return `SELECT ${names(columns)} FROM ${rowsRelation(context, table)}`
  const computedRows = await loadChunks(context, database, {
    table: name,
    columns: computed,
    chunks: readColumns(context, table, { columns: computed.map((column) => column.name), rows: 'all' }),
  })
  if (stored.length === 0) return `SELECT ${names(columns)} FROM (${computedRows})`
  const storedRows = `SELECT ${names(stored)} FROM ${rowsRelation(context, table)}`
  return `SELECT ${names(columns)} FROM (${storedRows}) POSITIONAL JOIN (${computedRows})`
}

export type StoredColumn = Column & { type: Exclude<Column['type'], 'vector'> }

export const isStorable = (column: Column): column is StoredColumn => column.type !== 'vector'
