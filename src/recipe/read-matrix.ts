import type { TableData } from '../core/artifacts.ts'
import type { Column, RowScope } from '../core/columns.ts'
import type { RunContext } from '../node-kit/run-context.ts'

/** Rows of the feature matrix: row-major, `rows` × features, float32; NaN is a missing value. */
export interface MatrixRows {
  firstRow: number
  rows: number
  data: Float32Array
}

/**
 * What a learner sees of a table: the visible columns of role feature, in order. `names` are those of the matrix
 * columns (a vector has one for each element). Throws `recipe.text-feature` where one is not numeric.
 */
export function featuresOf(table: Pick<TableData, 'columns'>): { names: string[]; columns: Column[] } {
  throw new Error(`not there yet ${table.columns.length}`)
}

/** The feature matrix in chunks of 4 096 rows, as the model's graph will make it. */
export async function* readMatrix(
  context: RunContext,
  table: TableData,
  { rows }: { rows: RowScope },
): AsyncIterable<MatrixRows> {
  throw new Error(`not there yet ${context.node} ${table.rows.count} ${rows}`)
}
