import type { TableData } from '../../../src/core/artifacts.ts'
import type { Column, RowScope } from '../../../src/core/columns.ts'
import type { ComparedColumn } from '../../../src/core/drift-content.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { compareColumn } from '../../../src/stats/compare-column.ts'
import { driftReport } from '../../../src/stats/drift-report.ts'
import { prepareNumbers, TextCounter, type ExactColumn } from '../../../src/stats/prepared-column.ts'
import { writeReport } from '../../write-report.ts'
import { drift, watchedColumns } from './definition.ts'

type Context = ContextOf<typeof drift>

export const run = defineRun(drift, async ({ reference, current }, params, context) => {
  const columns = watchedColumns(reference.data, current.data, params)
  const compared: ComparedColumn[] = []
  for (const [index, column] of columns.entries()) {
    context.progress({ share: index / columns.length, note: `“${column.name}”` })
    const [before, after] = [
      await valuesOf(context, reference.data, column, params.referenceRows),
      await valuesOf(context, current.data, column, params.currentRows),
    ]
    compared.push(compareColumn(column, { reference: before, current: after }, params))
  }
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

/** One column at a time, so that a wide table is not held whole. */
async function valuesOf(
  context: Context,
  table: TableData,
  { name, type }: Column,
  rows: RowScope,
): Promise<ExactColumn> {
  const texts = new TextCounter()
  const numbers: Float64Array[] = []
  for await (const chunk of readColumns(context, table, { columns: [name], rows })) {
    const values = chunk.columns[name]!
    if (values instanceof Float64Array) numbers.push(values)
    else texts.add(values)
  }
  return type === 'text' ? texts.finish() : prepareNumbers(joined(numbers))
}

function joined(chunks: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
