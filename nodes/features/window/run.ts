import { defineRun } from '../../../src/node-kit/define-run.ts'
import { numberSql, storedSql, valueSql, type Relation } from '../../../src/tables/relation.ts'
import { addWindows } from '../add-windows.ts'
import { addedColumns, window, type WindowColumn } from './definition.ts'

export const run = defineRun(window, async ({ table: { data } }, params, context) => ({
  table: await addWindows(context, data, {
    ...params,
    added: addedColumns(data, params),
    sqlOf: (relation, over) => params.columns.map((asked) => windowSql(relation, asked, over)),
  }),
}))

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
