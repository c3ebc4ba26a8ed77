import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { dateParts, datePartsSteps } from './definition.ts'

export const run = defineRun(dateParts, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, datePartsSteps(table.data, params).steps),
}))
