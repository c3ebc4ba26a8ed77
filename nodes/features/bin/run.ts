import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { bin, binSteps } from './definition.ts'

export const run = defineRun(bin, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, binSteps(table.data, params).steps),
}))
