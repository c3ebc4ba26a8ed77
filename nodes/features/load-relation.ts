import type { TableData } from '../../src/core/artifacts.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { readColumns } from '../../src/recipe/read-columns.ts'
import type { ColumnChunk } from '../../src/tables/column-chunk.ts'
import { loadChunks } from '../../src/tables/load-chunks.ts'
import { openDuckDb, type DuckDb } from '../../src/tables/open-duckdb.ts'
import { partChunks } from '../../src/tables/part-chunks.ts'
import { quoteName } from '../../src/tables/quote.ts'
import type { Relation, StorableColumn } from '../../src/tables/relation.ts'
import { rowsFolder, rowsRelation } from '../../src/tables/rows-relation.ts'
import { readSplit } from '../../src/tables/start-rows.ts'
import { isStorable } from '../visible-rows.ts'

/** Work in a database that may read the rows of some tables. */
export async function withTables<Result>(
  context: RunContext,
  tables: readonly TableData[],
  work: (database: DuckDb) => Promise<Result>,
): Promise<Result> {
  const folders = tables.map((table) => rowsFolder(context, table))
  const database = await openDuckDb(context, { folders })
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

/** Visible columns of a table as a relation: those that are named, or all that can be stored. */
export async function loadRelation(
  context: RunContext,
  database: DuckDb,
  wanted: { table: TableData; view: string; names?: readonly string[] },
): Promise<Relation> {
  const { table, view, names } = wanted
  const columns = table.columns.filter(isStorable).filter(({ name }) => names?.includes(name) ?? true)
  const sources = [
    `SELECT ${['true AS row_is_there', ...storedColumns(columns)].join(', ')} FROM ${rowsRelation(context, table)}`,
    ...(await computedRows(context, database, { table, view, columns })),
    ...(await partRows(context, database, { table, view })),
  ]
  const part = table.split ? 'part' : 'NULL::BIGINT AS part'
  const all = [...columns.map((_, index) => `c${index}`), part, 'row_number() OVER () - 1 AS place']
  const joined = sources.map((source) => `(${source})`).join(' POSITIONAL JOIN ')
  await database.run(`CREATE VIEW ${view} AS SELECT ${all.join(', ')} FROM ${joined}`)
  return { view, table, columns }
}

function storedColumns(columns: readonly StorableColumn[]): string[] {
  return columns.flatMap(({ name, origin }, index) =>
    origin === 'start' ? [`${quoteName(name)} AS c${index}`] : [],
  )
}

async function computedRows(
  context: RunContext,
  database: DuckDb,
  { table, view, columns }: { table: TableData; view: string; columns: readonly StorableColumn[] },
): Promise<string[]> {
  const computed = columns.flatMap(({ name, type, origin }, index) =>
    origin === 'recipe' ? [{ name, type, place: `c${index}` }] : [],
  )
  if (computed.length === 0) return []
  const names = computed.map(({ name }) => name)
  const chunks = withNames(
    readColumns(context, table, { columns: names, rows: 'all' }),
    new Map(computed.map(({ name, place }) => [name, place])),
  )
  const placed = computed.map(({ place, type }) => ({ name: place, type }))
  return [await loadChunks(context, database, { table: `${view}_computed`, columns: placed, chunks })]
}

async function* withNames(
  chunks: AsyncIterable<ColumnChunk>,
  names: ReadonlyMap<string, string>,
): AsyncIterable<ColumnChunk> {
  for await (const { rows, columns } of chunks) {
    const entries = [...names].map(([from, to]) => [to, columns[from]!] as const)
    yield { rows, columns: Object.fromEntries(entries) }
  }
}

async function partRows(
  context: RunContext,
  database: DuckDb,
  { table, view }: { table: TableData; view: string },
): Promise<string[]> {
  const parts = await readSplit(context, table)
  if (!parts) return []
  const chunks = partChunks(parts, 'part')
  const columns = [{ name: 'part', type: 'integer' as const }]
  return [await loadChunks(context, database, { table: `${view}_parts`, columns, chunks })]
}
