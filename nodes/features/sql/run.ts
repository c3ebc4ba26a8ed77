import type { TableData } from '../../../src/core/artifacts.ts'
import { columnNamed, type Column, type TableShape } from '../../../src/core/columns.ts'
import type { ContextOf, ProbeOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteName } from '../../../src/tables/quote.ts'
import { storedSql } from '../../../src/tables/relation.ts'
import { storedType } from '../../../src/tables/stored-type.ts'
import { writeRelation, type OutcomeColumn } from '../../../src/tables/write-relation.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { isStorable } from '../../visible-rows.ts'
import { loadRelation, withTables } from '../load-relation.ts'
import { sql } from './definition.ts'
import { createEmptyTables, describeQuery, explained, type DescribedQuery } from './describe-query.ts'
import { rowColumn, tableNames } from './table-names.ts'

type Context = ContextOf<typeof sql>

// One thread: with more, rows come in another order, and numbers are added in another.
export const run = defineRun(sql, async ({ tables }, params, context) => {
  const data = tables.map((table) => table.data)
  return withTables({ ...context, threads: 1 }, data, async (database) => {
    const names = tableNames(data.length, params)
    for (const [index, table] of data.entries())
      await createView(context, database, { table, index, name: names[index]! })
    await database.run(`SELECT setseed(${(context.seed % 1000) / 1000})`)
    const described = await describeQuery(context, database, params.query)
    return { table: await writeTableArtifact(context, await written(context, database, { described, data })) }
  })
})

/** The columns, found out on empty tables. */
export const probe: ProbeOf<typeof sql> = async (params, context, inputs) => {
  const shapes = [inputs['tables'] ?? []]
    .flat()
    .filter((shape): shape is TableShape => shape.kind === 'table')
  const database = await openDuckDb(context)
  try {
    const names = tableNames(shapes.length, params)
    const tables = shapes.map(({ columns }, index) => ({
      name: names[index]!,
      columns: columns.filter(isStorable),
    }))
    await createEmptyTables(database, tables, (column) => (isStorable(column) ? storedType(column.type) : ''))
    const described = await describeQuery(context, database, params.query)
    const columns = described.columns.map(({ name, type }): Column => ({
      name,
      type,
      role: roleOf(name, shapes[0]),
      origin: 'start',
    }))
    const [first] = shapes
    const split = (described.keepsRows && first?.split) || null
    const splitBy = split && first?.splitBy !== undefined ? { splitBy: first.splitBy } : {}
    return { table: { kind: 'table', columns, split, known: true, ...splitBy } }
  } finally {
    database.close()
  }
}

async function createView(
  context: Context,
  database: DuckDb,
  { table, index, name }: { table: TableData; index: number; name: string },
): Promise<void> {
  const relation = await loadRelation(context, database, { table, view: `step_input_${index}` })
  const values = relation.columns.map(
    (column) => `${storedSql(relation, column.name)} AS ${quoteName(column.name)}`,
  )
  const hidden = index === 0 ? [`place AS ${quoteName(rowColumn)}`] : []
  await database.run(
    `CREATE VIEW ${quoteName(name)} AS SELECT ${[...values, ...hidden].join(', ')} FROM ${relation.view}`,
  )
}

async function written(
  context: Context,
  database: DuckDb,
  { described, data }: { described: DescribedQuery; data: readonly TableData[] },
): Promise<TableData> {
  const { query, columns, keepsRows } = described
  const [first] = data
  const isSplit = keepsRows && first?.split !== null
  if (isSplit) await refuseUnknownRows(context, database, query)
  if (!isSplit && data.some(({ split }) => split !== null))
    context.log('warning', 'The outcome is not split: the query does not take the column “_row” along.')
  const outcome = columns.map(({ name, type }): OutcomeColumn => ({
    start: { name, type, source: context.node },
    role: roleOf(name, first),
  }))
  const values = columns.map(({ name }) => `given.${quoteName(name)}`)
  const selected = isSplit
    ? `SELECT ${[...values, 'origin.part'].join(', ')} FROM (${numbered(query)}) AS given
       JOIN step_input_0 AS origin ON origin.place = given.${quoteName(rowColumn)} ORDER BY given.${turnColumn}`
    : `SELECT ${values.join(', ')} FROM (${query}\n) AS given`
  return explained(context, () =>
    writeRelation(context, { database, query: selected, columns: outcome, isSplit }),
  )
}

const turnColumn = quoteName('turn of the row')

/** The rows with their order beside them, which a join would lose. */
const numbered = (query: string): string =>
  `SELECT *, row_number() OVER () AS ${turnColumn} FROM (${query}\n)`

async function refuseUnknownRows(context: Context, database: DuckDb, query: string): Promise<void> {
  const [found] = await explained(context, () =>
    database.rows<{ count: number }>(
      `SELECT count(*)::DOUBLE AS count FROM (${query}\n) AS given
       WHERE given.${quoteName(rowColumn)} IS NULL OR given.${quoteName(rowColumn)} NOT IN (SELECT place FROM step_input_0)`,
    ),
  )
  if (found!.count > 0) context.fail('no-such-row', { count: found!.count }, { param: 'query' })
}

/** A column that is called like one of the first table has its role. */
function roleOf(name: string, first: { columns: readonly Column[] } | undefined): Column['role'] {
  return (first && columnNamed(first, name)?.role) ?? 'feature'
}
