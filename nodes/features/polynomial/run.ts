import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { polynomial, polynomialSteps } from './definition.ts'

export const run = defineRun(polynomial, async ({ table }, params, context) => ({
  table: await appendToTable(context, table, polynomialSteps(table.data, params).steps),
}))
