import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { textClean, textCleanSteps } from './definition.ts'

export const run = defineRun(textClean, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, textCleanSteps(table.data, params).steps),
}))
