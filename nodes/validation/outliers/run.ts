import type { TableData } from '../../../src/core/artifacts.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { appendSteps } from '../../../src/recipe/append-step.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import type { OutlierBounds } from '../../../src/recipe/transforms/outliers.ts'
import { pickRows } from '../../../src/tables/pick-rows.ts'
import { readSplit } from '../../../src/tables/start-rows.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { writeReport } from '../../write-report.ts'
import { outliers, outlierSteps, type OutliersParams } from './definition.ts'

export const run = defineRun(outliers, async ({ table: { data } }, params, context) => {
  const { names, steps } = outlierSteps(data, params)
  const mine = steps.map((step) => ({ ...step, node: context.node }))
  const appended = await appendSteps(context, data, mine)
  const bounds = steps.length === 0 ? [] : (appended.recipe.at(-1)!.state as OutlierBounds)
  const found = await findOutliers(context, data, { names, bounds })
  const kept = params.action === 'drop' ? await withoutRows(context, data, { found, params }) : appended
  const report = await writeReport(context, {
    type: 'outliers',
    metrics: { rows_with_outliers: found.count, rows_dropped: data.rows.count - kept.rows.count },
    content: {
      method: params.method,
      action: params.action,
      rows: data.rows.count,
      columns: names.map((column, index) => ({
        column,
        lower: bounds[index]![0],
        upper: bounds[index]![1],
        below: found.below[index]!,
        above: found.above[index]!,
      })),
    },
  })
  return { table: await writeTableArtifact(context, kept), report }
})

interface Found {
  /** 1 for each row with an outlier. */
  marks: Uint8Array
  count: number
  /** By column. */
  below: number[]
  above: number[]
}

async function findOutliers(
  context: RunContext,
  table: TableData,
  { names, bounds }: { names: readonly string[]; bounds: OutlierBounds },
): Promise<Found> {
  const marks = new Uint8Array(table.rows.count)
  const found = { marks, count: 0, below: names.map(() => 0), above: names.map(() => 0) }
  if (names.length === 0) return found
  for await (const { firstRow, rows, columns } of readColumns(context, table, {
    columns: names,
    rows: 'all',
  })) {
    for (const [index, name] of names.entries()) {
      const [lower, upper] = bounds[index]!
      for (const [row, value] of (columns[name] as Float64Array).entries()) {
        if (value < lower) found.below[index]!++
        else if (value > upper) found.above[index]!++
        else continue
        marks[firstRow + row] = 1
      }
    }
    context.progress({ share: (firstRow + rows) / table.rows.count, rows: firstRow + rows })
  }
  found.count = marks.reduce((sum, mark) => sum + mark, 0)
  return found
}

async function withoutRows(
  context: RunContext,
  table: TableData,
  { found: { marks }, params }: { found: Found; params: OutliersParams },
): Promise<TableData> {
  const parts = params.dropFrom === 'train' ? await readSplit(context, table) : null
  const isTrain = (row: number): boolean => parts === null || parts[row] === 0
  const positions = Array.from(marks.keys()).filter((row) => marks[row] === 0 || !isTrain(row))
  return pickRows(context, table, Uint32Array.from(positions))
}
