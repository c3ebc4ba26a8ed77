import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { scale, scaleSteps } from './definition.ts'

export const run = defineRun(scale, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, scaleSteps(table.data, params).steps),
}))
