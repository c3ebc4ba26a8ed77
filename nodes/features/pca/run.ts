import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { pca, pcaSteps } from './definition.ts'

export const run = defineRun(pca, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, pcaSteps(table.data, params).steps),
}))
