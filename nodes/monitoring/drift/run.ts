import type { ReportData, TableData } from '../../../src/core/artifacts.ts'
import type { Column, RowScope } from '../../../src/core/columns.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import type { ColumnValues } from '../../../src/stats/column-samples.ts'
import { adjustForFalseDiscovery } from '../../../src/stats/false-discovery.ts'
import { writeReport } from '../../write-report.ts'
import { compareColumn, type ComparedColumn } from './compare-column.ts'
import { drift, watchedColumns, type DriftParams } from './definition.ts'

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
  const judged = params.adjust ? adjusted(compared) : compared
  const report = await writeReport(context, reportOf(judged, params))
  const drifted = judged.filter((column) => column.drifted)
  if (params.severity !== 'report' && isDrift(judged, params)) {
    const values = {
      count: drifted.length,
      total: judged.length,
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
): Promise<ColumnValues> {
  const texts: string[] = []
  const numbers: Float64Array[] = []
  for await (const chunk of readColumns(context, table, { columns: [name], rows })) {
    const values = chunk.columns[name]!
    if (values instanceof Float64Array) numbers.push(values)
    else texts.push(...values)
  }
  return type === 'text' ? texts : joined(numbers)
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

/** p-values raised for the number of tests; what was judged by a distance stays. */
function adjusted(compared: readonly ComparedColumn[]): ComparedColumn[] {
  const tested = compared.filter(({ pValue }) => pValue !== undefined)
  const raised = adjustForFalseDiscovery(tested.map(({ pValue }) => pValue!))
  return compared.map((column) => {
    const at = tested.indexOf(column)
    return at < 0
      ? column
      : { ...column, adjustedPValue: raised[at]!, drifted: raised[at]! < column.threshold! }
  })
}

const shareOf = (compared: readonly ComparedColumn[]): number =>
  compared.filter(({ drifted }) => drifted).length / compared.length

const isDrift = (compared: readonly ComparedColumn[], { share }: DriftParams): boolean =>
  shareOf(compared) >= share

function reportOf(compared: readonly ComparedColumn[], params: DriftParams): ReportData {
  const drifted = compared.filter((column) => column.drifted)
  const content = {
    drifted: isDrift(compared, params),
    share: params.share,
    columns: compared.toSorted((a, b) => Number(b.drifted) - Number(a.drifted)),
  }
  return {
    type: 'drift',
    metrics: {
      dataset_drift: Number(content.drifted),
      drifted_columns: drifted.length,
      watched_columns: compared.length,
      drifted_share: shareOf(compared),
    },
    content: JSON.parse(JSON.stringify(content)) as ReportData['content'],
  }
}
