import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { featuresOf } from './features-of.ts'
import { narrowChunks } from './narrow-chunks.ts'
import { openMatrixGraph } from './open-matrix-graph.ts'
import { readCodedRows, type RowChoice } from './read-chosen-rows.ts'
import { traceRecipe } from './trace-recipe.ts'

/** Rows of the feature matrix: row-major, `rows` × features, float32; NaN is a missing value. */
export interface MatrixRows {
  firstRow: number
  rows: number
  data: Float32Array
}

/**
 * The feature matrix in chunks of at most 4 096 rows, of fewer where it is wide, as the model's graph will make it; but rows that a cross-fitted
 * step learned from see what it learned from the other folds.
 */
export async function* readMatrix(
  context: RunContext,
  table: TableData,
  { rows }: { rows: RowChoice },
): AsyncIterable<MatrixRows> {
  const trace = traceRecipe(table)
  const features = featuresOf(table)
  const versions = features.columns.map(({ name }) => trace.after.get(name)!)
  const graph = await openMatrixGraph(trace, versions)
  let firstRow = 0
  try {
    const columns = graph.inputs
    for await (const chunk of readCodedRows(context, table, { columns, rows })) {
      for (const piece of narrowChunks(chunk, features.names.length)) {
        context.signal.throwIfAborted()
        yield { firstRow, rows: piece.rows, data: await graph.run(piece) }
        firstRow += piece.rows
      }
    }
  } finally {
    await graph.close()
  }
}
