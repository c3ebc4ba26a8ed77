import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { ColumnPair } from '../../../src/stats/column-pair.ts'
import { compareColumns } from '../../../src/stats/compare-columns.ts'
import { driftReport } from '../../../src/stats/drift-report.ts'
import { writeReport } from '../../write-report.ts'
import { drift, watchedColumns } from './definition.ts'
import { readSide } from './read-side.ts'

export const run = defineRun(drift, async ({ reference, current }, params, context) => {
  const columns = watchedColumns(reference.data, current.data, params)
  // One column at a time, so that a wide table is not held whole.
  async function* pairs(): AsyncIterable<ColumnPair> {
    for (const [index, column] of columns.entries()) {
      context.progress({ share: index / columns.length, note: `“${column.name}”` })
      yield {
        column,
        reference: await readSide(context, reference.data, { column, rows: params.referenceRows }),
        current: await readSide(context, current.data, { column, rows: params.currentRows }),
      }
    }
  }
  const compared = await compareColumns(pairs(), { settings: params, threads: context.threads })
  const { data, verdict } = driftReport(compared, params)
  const report = await writeReport(context, data)
  if (params.severity !== 'report' && verdict.drifted) {
    const drifted = verdict.columns.filter((column) => column.drifted)
    const values = {
      count: drifted.length,
      total: verdict.columns.length,
      columns: drifted.map(({ column }) => column),
      node: context.node,
    }
    if (params.severity === 'error') context.fail('drifted', values, { outputs: { report } })
    context.log('warning', '{count} of {total} columns have drifted: {columns}', values)
  }
  return { report }
})
