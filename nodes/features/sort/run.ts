import { defineRun } from '../../../src/node-kit/define-run.ts'
import { orderSql } from '../order-sql.ts'
import { pickTable } from '../pick-table.ts'
import { sort } from './definition.ts'

export const run = defineRun(sort, async ({ table }, { by, missing }, context) => {
  const names = by.map(({ column }) => column)
  return {
    table: await pickTable(
      context,
      table,
      names,
      (relation) => `SELECT place FROM ${relation.view} ORDER BY ${orderSql(relation, by, missing)}`,
    ),
  }
})
