import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { impute, imputeSteps } from './definition.ts'

export const run = defineRun(impute, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, imputeSteps(table.data, params).steps),
}))
