import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { interaction, interactionSteps } from './definition.ts'

export const run = defineRun(interaction, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, interactionSteps(params)),
}))
