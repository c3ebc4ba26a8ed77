import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { openSession } from '../onnx/session.ts'
import { emitMatrix } from './emit-matrix.ts'
import { readChosenRows, type RowChoice } from './read-chosen-rows.ts'

/** Rows of the feature matrix: row-major, `rows` × features, float32; NaN is a missing value. */
export interface MatrixRows {
  firstRow: number
  rows: number
  data: Float32Array
}

/**
 * The feature matrix in chunks of at most 4 096 rows, as the model's graph will make it; but rows that a cross-fitted
 * step learned from see what it learned from the other folds.
 */
export async function* readMatrix(
  context: RunContext,
  table: TableData,
  { rows }: { rows: RowChoice },
): AsyncIterable<MatrixRows> {
  const builder = new GraphBuilder()
  builder.output('matrix', emitMatrix(builder, table, { forLearning: true }))
  const session = await openSession(builder.toModel())
  let firstRow = 0
  try {
    const columns = session.inputs.map(({ name }) => name)
    for await (const chunk of readChosenRows(context, table, { columns, rows })) {
      context.signal.throwIfAborted()
      const { matrix } = await session.run(chunk)
      yield { firstRow, rows: chunk.rows, data: matrix as Float32Array }
      firstRow += chunk.rows
    }
  } finally {
    await session.close()
  }
}
