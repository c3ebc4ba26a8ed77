import { writeReport } from '../../nodes/write-report.ts'
import { defineRun } from '../../src/node-kit/define-run.ts'
import { featuresOf } from '../../src/recipe/features-of.ts'
import { readMatrix } from '../../src/recipe/read-matrix.ts'
import { takeMatrix } from './definitions.ts'

export const run = defineRun(takeMatrix, async ({ table }, _, context) => {
  const columns = featuresOf(table.data).names.length
  let rows = 0
  let last = 0
  for await (const chunk of readMatrix(context, table.data, { rows: 'train' })) {
    rows += chunk.rows
    last = chunk.data.at(-1)!
  }
  return {
    report: await writeReport(context, { type: 'matrix', metrics: { rows, columns, last }, content: {} }),
  }
})
