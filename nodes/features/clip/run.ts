import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { clip, clipSteps } from './definition.ts'

export const run = defineRun(clip, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, clipSteps(table.data, params).steps),
}))
