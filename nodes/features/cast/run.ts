import type { Artifact, ReaderRule, StartColumn, TableData } from '../../../src/core/artifacts.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { traceRecipe } from '../../../src/recipe/trace-recipe.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteName } from '../../../src/tables/quote.ts'
import { readerProblemSql, readerSql } from '../../../src/tables/reader-sql.ts'
import { rowsFolder, rowsRelation } from '../../../src/tables/rows-relation.ts'
import { writeRows } from '../../../src/tables/write-table.ts'
import { appendToTable } from '../append-to-table.ts'
import { cast, castsOf, type CastNodeParams } from './definition.ts'

type Context = ContextOf<typeof cast>
type Types = ReturnType<typeof castsOf>['read']

export const run = defineRun(cast, async ({ table }, params, context) => {
  const { read, steps } = castsOf(table.data.columns, params)
  const data = await withTextsRead(context, table.data, { types: read, unreadable: params.unreadable })
  return { table: await appendToTable(context, { ...table, data }, steps) }
})

/** The table with new rows in which some text columns hold what their texts mean. */
async function withTextsRead(
  context: Context,
  table: TableData,
  { types, unreadable }: { types: Types; unreadable: CastNodeParams['unreadable'] },
): Promise<TableData> {
  const changed = table.startColumns.filter(({ name, type }) => (types[name] ?? type) !== type)
  if (changed.length === 0) return table
  refuseColumnsInUse(context, table, changed)
  const startColumns = table.startColumns.map((column) => readAs(column, types[column.name], unreadable))
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)] })
  try {
    const from = rowsRelation(context, table)
    if (unreadable === 'fail') {
      for (const { name } of changed) {
        await refuseUnreadable(context, database, {
          from,
          column: startColumns.find((each) => each.name === name)!,
        })
      }
    }
    const rows = await writeReadRows(context, database, { from, startColumns, types })
    const columns = table.columns.map((column) => {
      const type = types[column.name]
      return type === undefined ? column : Object.assign(structuredClone(column), { type })
    })
    return { ...table, rows: { artifact: rows.hash, count: rows.data.count }, startColumns, columns }
  } finally {
    database.close()
  }
}

async function writeReadRows(
  context: Context,
  database: DuckDb,
  { from, startColumns, types }: { from: string; startColumns: readonly StartColumn[]; types: Types },
): Promise<Artifact<'rows'>> {
  const values = startColumns.map((column) => {
    const name = quoteName(column.name)
    return types[column.name] === undefined
      ? name
      : `${readerSql({ ...storedText(column), otherwise: 'NULL' })} AS ${name}`
  })
  return writeRows(context, { database, from: `SELECT ${values.join(', ')} FROM ${from}`, startColumns })
}

/** From now on, also in a request to a model, the column is read as another type. */
function readAs(
  column: StartColumn,
  type: StartColumn['type'] | undefined,
  unreadable: CastNodeParams['unreadable'],
): StartColumn {
  if (type === undefined) return column
  const rule: ReaderRule = column.rule ?? { trim: true, nullValues: [''] }
  return { ...column, type, rule: unreadable === 'null' ? { ...rule, unreadable } : rule }
}

/** A stored text has been trimmed, compared with the null values and replaced: only parsing is left. */
function storedText({ name, type, rule }: StartColumn) {
  return {
    text: quoteName(name),
    column: { type, rule: { ...rule, trim: false, nullValues: [], replace: {} } },
    spaces: 'any' as const,
  }
}

async function refuseUnreadable(
  context: Context,
  database: DuckDb,
  { from, column }: { from: string; column: StartColumn },
): Promise<void> {
  const text = quoteName(column.name)
  const problems = `SELECT ${text} AS value, row_number() OVER () AS place, ${readerProblemSql(storedText(column))} AS is_bad FROM ${from}`
  const [found] = await database.rows<{ count: number; value: string; place: number }>(
    `SELECT count(*)::DOUBLE AS count, first(value ORDER BY place) AS value, min(place)::DOUBLE AS place
     FROM (${problems}) WHERE is_bad`,
  )
  if (found!.count === 0) return
  const { count, value, place } = found!
  context.fail(
    'unreadable',
    { count, column: column.name, type: column.type, value, row: place },
    { param: `types.${column.name}` },
  )
}

function refuseColumnsInUse(context: Context, table: TableData, changed: readonly StartColumn[]): void {
  const names = new Set(changed.map(({ name }) => name))
  for (const { step, made } of traceRecipe(table).steps) {
    const used = made
      .flatMap(({ from }) => from)
      .find((version) => version.step === null && names.has(version.column.name))
    if (!used) continue
    const column = used.column.name
    context.fail('column-in-use', { column, step: step.node }, { param: `types.${column}` })
  }
}
