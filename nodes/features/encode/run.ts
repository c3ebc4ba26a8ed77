import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { encode, encodeSteps } from './definition.ts'

export const run = defineRun(encode, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, encodeSteps(table.data, params, context.seed).steps),
}))
