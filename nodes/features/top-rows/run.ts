import { defineRun } from '../../../src/node-kit/define-run.ts'
import { valueSql } from '../../../src/tables/relation.ts'
import { orderSql } from '../order-sql.ts'
import { pickTable } from '../pick-table.ts'
import { topRows } from './definition.ts'

export const run = defineRun(topRows, async ({ table }, { by, rows, groupBy }, context) => {
  const names = [...new Set([...by.map(({ column }) => column), ...groupBy])]
  return {
    table: await pickTable(context, table, names, (relation) => {
      const order = orderSql(relation, by, 'last')
      const groups = groupBy.map((name) => valueSql(relation, name)).join(', ')
      const group = groups === '' ? '' : `PARTITION BY ${groups}`
      return `SELECT place FROM (
          SELECT place, row_number() OVER (${group} ORDER BY ${order}) AS rank,
            min(place) OVER (${group}) AS start
          FROM ${relation.view})
        WHERE rank <= ${rows} ORDER BY start, rank`
    }),
  }
})
