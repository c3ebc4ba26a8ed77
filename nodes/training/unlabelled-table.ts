import type { TableData } from '../../src/core/artifacts.ts'
import type { UnlabelledTable } from '../../src/learn/unlabelled-table.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { featuresOf } from '../../src/recipe/features-of.ts'
import { readMatrix } from '../../src/recipe/read-matrix.ts'

/** The features of the train rows, of all rows where the table is not split. */
export function unlabelledTable(context: RunContext, table: TableData): UnlabelledTable {
  const part = table.split ? 'train' : 'all'
  return {
    features: featuresOf(table).names,
    rows: table.split?.counts.train ?? table.rows.count,
    chunks: () => readMatrix(context, table, { rows: part }),
  }
}
