import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendToTable } from '../append-to-table.ts'
import { encode, encodeSteps } from './definition.ts'
import { warnOfUniqueValues } from './warn-of-unique-values.ts'

export const run = defineRun(encode, async ({ table }, params, context) => {
  const { names, steps } = encodeSteps(table.data, params, context.seed)
  if (params.method !== 'hashing') await warnOfUniqueValues(context, table.data, names)
  return { table: await appendToTable(context, table, steps) }
})
