import type { TableData } from '../src/core/artifacts.ts'
import { splitParts, type Column, type RowScope } from '../src/core/columns.ts'
import type { RunContext } from '../src/node-kit/run-context.ts'
import { readColumns } from '../src/recipe/read-columns.ts'
import { loadChunks } from '../src/tables/load-chunks.ts'
import type { DuckDb } from '../src/tables/open-duckdb.ts'
import { partChunks } from '../src/tables/part-chunks.ts'
import { quoteName } from '../src/tables/quote.ts'
import { rowsRelation } from '../src/tables/rows-relation.ts'
import { readSplit } from '../src/tables/start-rows.ts'

export type StoredColumn = Column & { type: Exclude<Column['type'], 'vector'> }

export const isStorable = (column: Column): column is StoredColumn => column.type !== 'vector'

/**
 * A query for visible columns of a table (at least one), by name, in row order, on a database that may read the
 * folder of its rows. Columns that the recipe computes are computed once, into a table of the database called `name`.
 */
export async function visibleRows(
  context: RunContext,
  database: DuckDb,
  wanted: { table: TableData; columns: readonly StoredColumn[]; name: string; rows?: RowScope },
): Promise<string> {
  const { table, columns, name, rows = 'all' } = wanted
  const stored = columns.filter(({ origin }) => origin === 'start')
  const computed = columns.filter(({ origin }) => origin === 'recipe')
  const sources: string[] = []
  if (stored.length > 0) sources.push(await storedRows(context, database, { table, stored, name, rows }))
  if (computed.length > 0) {
    const names = computed.map((column) => column.name)
    const chunks = readColumns(context, table, { columns: names, rows })
    sources.push(await loadChunks(context, database, { table: name, columns: computed, chunks }))
  }
  const joined = sources.map((source) => `(${source})`).join(' POSITIONAL JOIN ')
  return `SELECT ${namesOf(columns)} FROM ${joined}`
}

async function storedRows(
  context: RunContext,
  database: DuckDb,
  wanted: { table: TableData; stored: readonly Column[]; name: string; rows: RowScope },
): Promise<string> {
  const { table, stored, name, rows } = wanted
  const parts = rows === 'all' ? null : await readSplit(context, table)
  if (!parts || rows === 'all') return `SELECT ${namesOf(stored)} FROM ${rowsRelation(context, table)}`
  const part = await loadChunks(context, database, {
    table: `${name} parts`,
    columns: [{ name: partColumn, type: 'integer' }],
    chunks: partChunks(parts, partColumn),
  })
  return `SELECT ${namesOf(stored)} FROM ${rowsRelation(context, table)} POSITIONAL JOIN (${part})
    WHERE ${quoteName(partColumn)} = ${splitParts.indexOf(rows)}`
}

const partColumn = ' part of the split'

const namesOf = (columns: readonly Column[]): string => columns.map(({ name }) => quoteName(name)).join(', ')
