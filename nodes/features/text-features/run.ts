import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { textFeatures, textFeaturesSteps } from './definition.ts'

export const run = defineRun(textFeatures, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, textFeaturesSteps(table.data, params).steps),
}))
