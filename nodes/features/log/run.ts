import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { log, logSteps } from './definition.ts'

export const run = defineRun(log, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, logSteps(table.data, params).steps),
}))
