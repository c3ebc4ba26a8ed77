import type { StartColumn } from '../../../src/core/artifacts.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { measureSql } from '../../../src/tables/measure-sql.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteText } from '../../../src/tables/quote.ts'
import { textSql, valueSql, type Relation } from '../../../src/tables/relation.ts'
import { writeRelation, type OutcomeColumn } from '../../../src/tables/write-relation.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { withTakenName } from '../column-names.ts'
import { loadRelation, withTables } from '../load-relation.ts'
import { mixedGroups } from '../mixed-groups.ts'
import { startColumnOf } from '../start-column-of.ts'
import { pivot, pivotedColumns, type PivotParams } from './definition.ts'

type Context = ContextOf<typeof pivot>

// One thread: with more, DuckDB adds numbers in another order.
export const run = defineRun(pivot, async ({ table: { data } }, params, context) =>
  withTables({ ...context, threads: 1 }, [data], async (database) => {
    const wanted = [...params.by, params.namesFrom, ...(params.values === undefined ? [] : [params.values])]
    const relation = await loadRelation(context, database, { table: data, view: 'input', names: wanted })
    const mixed = await mixedGroups(database, relation, params.by)
    if (mixed) context.fail('mixed-groups', mixed, { param: 'by' })
    const names =
      params.names.length > 0 ? params.names : await foundNames(context, database, { relation, params })
    const columns = pivotedColumns(data, params, names).map(({ name, type, role }, index): OutcomeColumn => {
      const made = { name, type: type as StartColumn['type'], source: context.node }
      return { start: index < params.by.length ? startColumnOf(data, name, context.node) : made, role }
    })
    refuseEqualNames(context, columns)
    const query = wideSql(relation, params, names)
    const isSplit = data.split !== null
    const written = await writeRelation(context, { database, query, columns, isSplit })
    return { table: await writeTableArtifact(context, written) }
  }),
)

/** The values that there are, as text, in the order of the values. */
async function foundNames(
  context: Context,
  database: DuckDb,
  { relation, params }: { relation: Relation; params: PivotParams },
): Promise<string[]> {
  const value = valueSql(relation, params.namesFrom)
  const limit = params.maximumColumns
  const [counted] = await database.rows<{ count: number }>(
    `SELECT count(DISTINCT ${value})::DOUBLE AS count FROM ${relation.view}`,
  )
  const { count } = counted!
  if (count > limit)
    context.fail('too-many-columns', { column: params.namesFrom, count, limit }, { param: 'namesFrom' })
  const found = await database.rows<{ name: string }>(
    `SELECT any_value(${textSql(relation, params.namesFrom)}) AS name FROM ${relation.view}
     WHERE ${value} IS NOT NULL GROUP BY ${value} ORDER BY ${value}`,
  )
  return found.map(({ name }) => name)
}

function refuseEqualNames(context: Context, columns: readonly OutcomeColumn[]): void {
  const [taken] = withTakenName(columns.map(({ start }) => start))
  if (taken) context.fail('name-taken', { name: taken.name }, { param: 'prefix' })
}

/** Key columns, a measure for each name and, of a split table, the part; groups by their first row. */
function wideSql(relation: Relation, params: PivotParams, names: readonly string[]): string {
  const keys = params.by.map((name) => valueSql(relation, name))
  const from = textSql(relation, params.namesFrom)
  const measures = names.map((name) =>
    measureSql(
      relation,
      { function: params.function, column: params.values, quantile: 0.5 },
      `${from} = ${quoteText(name)}`,
    ),
  )
  const parts = relation.table.split ? ['coalesce(min(part), 0)'] : []
  const grouping = keys.length > 0 ? `GROUP BY ${keys.join(', ')}` : ''
  return `SELECT ${[...keys, ...measures, ...parts].join(', ')} FROM ${relation.view} ${grouping} ORDER BY min(place)`
}
