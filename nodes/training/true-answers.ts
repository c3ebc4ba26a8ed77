import type { TableData } from '../../src/core/artifacts.ts'
import { columnNamed } from '../../src/core/columns.ts'
import { classLabel } from '../../src/learn/targets.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import type { RowChoice } from '../../src/recipe/read-chosen-rows.ts'
import { readColumns } from '../../src/recipe/read-columns.ts'

/** The true answers of some rows of a table. */
export interface TrueAnswers {
  column: string
  /** Rows that were asked for. */
  count: number
  /** Those of them that have an answer, by their place among them. */
  kept: Uint32Array
  /** Of the kept rows. */
  labels: readonly string[]
  /** Of the kept rows; NaN where the column holds no numbers. */
  numbers: Float64Array
  weights: Float64Array | undefined
}

/** Reads the target, and the weight of the rows where the table has one. */
export async function readAnswers(
  context: RunContext,
  table: TableData,
  { target, rows }: { target: string; rows: RowChoice },
): Promise<TrueAnswers> {
  const { type } = columnNamed(table, target)!
  const weight = table.columns.find(({ role }) => role === 'weight')
  const columns = [target, ...(weight ? [weight.name] : [])]
  const kept: number[] = []
  const labels: string[] = []
  const numbers: number[] = []
  const weights: number[] = []
  let count = 0
  for await (const chunk of readColumns(context, table, { columns, rows })) {
    const values = chunk.columns[target]!
    for (let row = 0; row < chunk.rows; row++, count++) {
      const value = values[row]!
      if (value === '' || Number.isNaN(value)) continue
      kept.push(count)
      labels.push(classLabel(value, type))
      numbers.push(typeof value === 'number' ? value : Number.NaN)
      if (weight) weights.push(chunk.columns[weight.name]![row] as number)
    }
  }
  return {
    column: target,
    count,
    kept: Uint32Array.from(kept),
    labels,
    numbers: Float64Array.from(numbers),
    weights: weight && Float64Array.from(weights),
  }
}
