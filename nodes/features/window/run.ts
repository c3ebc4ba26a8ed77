import type { StartColumn } from '../../../src/core/artifacts.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { numberSql, storedSql, valueSql, type Relation } from '../../../src/tables/relation.ts'
import { writeRelation, type OutcomeColumn } from '../../../src/tables/write-relation.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { loadRelation, withTables } from '../load-relation.ts'
import { orderSql } from '../order-sql.ts'
import { startColumnOf } from '../start-column-of.ts'
import { addedColumns, window, type WindowColumn, type WindowParams } from './definition.ts'

// One thread: with more, DuckDB lays windows out in another way and adds in another order.
export const run = defineRun(window, async ({ table: { data } }, params, context) =>
  withTables({ ...context, threads: 1 }, [data], async (database) => {
    const relation = await loadRelation(context, database, { table: data, view: 'input' })
    const added = addedColumns(data, params).map(({ name, type, role }): OutcomeColumn => ({
      start: { name, type: type as StartColumn['type'], source: context.node },
      role,
    }))
    const kept = data.columns.map(({ name, role }): OutcomeColumn => ({
      start: startColumnOf(data, name, context.node),
      role,
    }))
    const isSplit = data.split !== null
    const query = windowsSql(relation, params)
    const written = await writeRelation(context, { database, query, columns: [...kept, ...added], isSplit })
    return { table: await writeTableArtifact(context, written) }
  }),
)

function windowsSql(relation: Relation, params: WindowParams): string {
  const partition = params.partitionBy.map((name) => valueSql(relation, name)).join(', ')
  const order = orderSql(relation, params.orderBy, 'last')
  const over = `${partition === '' ? '' : `PARTITION BY ${partition} `}ORDER BY ${order}`
  const values = [
    ...relation.columns.map(({ name }) => storedSql(relation, name)),
    ...params.columns.map((asked) => windowSql(relation, asked, over)),
    ...(relation.table.split ? ['part'] : []),
  ]
  return `SELECT ${values.join(', ')} FROM ${relation.view} ORDER BY place`
}

function windowSql(relation: Relation, asked: WindowColumn, over: string): string {
  const { column, rows } = asked
  const frame = `ROWS BETWEEN ${rows === undefined ? 'UNBOUNDED' : rows - 1} PRECEDING AND CURRENT ROW`
  const among = (sql: string): string => `${sql} OVER (${over} ${frame})`
  switch (asked.function) {
    case 'row-number':
      return `row_number() OVER (${over})`
    case 'lag':
    case 'lead':
      return `${asked.function}(${storedSql(relation, column!)}, ${rows ?? 1}) OVER (${over})`
    case 'count':
      return among(`count(${column === undefined ? '*' : valueSql(relation, column)})`)
    case 'sum':
      return among(`sum(${numberSql(relation, column!)})`)
    case 'mean': {
      const number = numberSql(relation, column!)
      return `${among(`sum(${number})`)} / nullif(${among(`count(${number})`)}, 0)`
    }
    case 'min':
    case 'max':
      return among(`${asked.function}(${valueSql(relation, column!)})`)
  }
}
