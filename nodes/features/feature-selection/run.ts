import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { featureSelection, featureSelectionSteps } from './definition.ts'

export const run = defineRun(featureSelection, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, featureSelectionSteps(table.data, params).steps),
}))
