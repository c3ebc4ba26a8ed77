import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { derive, deriveSteps } from './definition.ts'

export const run = defineRun(derive, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, deriveSteps(params)),
}))
