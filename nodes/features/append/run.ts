import type { Artifact, StartColumn, TableData } from '../../../src/core/artifacts.ts'
import { columnNamed } from '../../../src/core/columns.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteName, quoteText } from '../../../src/tables/quote.ts'
import { rowsFolder } from '../../../src/tables/rows-relation.ts'
import { readSplit } from '../../../src/tables/start-rows.ts'
import { storedType } from '../../../src/tables/stored-type.ts'
import { writeSplit } from '../../../src/tables/write-split.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { stackRows } from '../../stack-rows.ts'
import { isStorable, visibleRows } from '../../visible-rows.ts'
import { append, appendedColumns, type AppendParams } from './definition.ts'

export const run = defineRun(append, async ({ tables }, params, context) => {
  const sources = tables.map(({ data }) => data)
  const columns = appendedColumns(sources, params)
  const startColumns = columns.map(({ name, type }) =>
    startColumn({ name, type: type as StartColumn['type'], source: context.node }, sources),
  )
  const rows = await writeAllRows(context, { sources, startColumns, params })
  const data: TableData = {
    rows: { artifact: rows.hash, count: rows.data.count },
    startColumns,
    recipe: [],
    columns,
    split: null,
  }
  const parts = await allParts(context, sources)
  return { table: await writeTableArtifact(context, parts ? await writeSplit(context, data, parts) : data) }
})

/** A stored column keeps the source and the reader rule of the first table; a computed one starts here. */
function startColumn(column: StartColumn, sources: readonly TableData[]): StartColumn {
  const first = sources.find((table) => columnNamed(table, column.name))
  if (!first || columnNamed(first, column.name)!.origin === 'recipe') return column
  const stored = first.startColumns.find(({ name }) => name === column.name)!
  return { ...stored, type: column.type }
}

async function writeAllRows(
  context: RunContext,
  work: { sources: readonly TableData[]; startColumns: readonly StartColumn[]; params: AppendParams },
): Promise<Artifact<'rows'>> {
  const folders = work.sources.map((table) => rowsFolder(context, table))
  const database = await openDuckDb(context, { folders })
  try {
    const queries = work.sources.map((_, index) => () => rowsOf(context, database, { ...work, index }))
    return await stackRows(context, database, { queries, startColumns: work.startColumns })
  } finally {
    database.close()
  }
}

async function rowsOf(
  context: RunContext,
  database: DuckDb,
  work: {
    sources: readonly TableData[]
    startColumns: readonly StartColumn[]
    params: AppendParams
    index: number
  },
): Promise<string> {
  const { startColumns, params, index } = work
  const table = work.sources[index]!
  const wanted = new Set(startColumns.map(({ name }) => name))
  const columns = table.columns.filter(isStorable).filter(({ name }) => wanted.has(name))
  const from = await visibleRows(context, database, { table, columns, name: `computed ${index}` })
  const label = params.labels[index] ?? context.feeds['tables']?.[index] ?? String(index + 1)
  const values = startColumns.map(({ name, type }) => {
    if (name === params.sourceColumn) return `${quoteText(label)} AS ${quoteName(name)}`
    const value = columnNamed({ columns }, name) ? quoteName(name) : 'NULL'
    return `${value}::${storedType(type)} AS ${quoteName(name)}`
  })
  return `SELECT ${values.join(', ')} FROM (${from})`
}

/** The parts of all rows, where every table is split. */
async function allParts(context: RunContext, sources: readonly TableData[]): Promise<Uint8Array | null> {
  const parts = await Promise.all(sources.map((table) => readSplit(context, table)))
  const split = parts.filter((each) => each !== null)
  if (split.length < sources.length) return null
  return Buffer.concat(split)
}
