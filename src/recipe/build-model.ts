import type { Signature, StartColumn, TableData } from '../core/artifacts.ts'
import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'

/** What a model answers, by the name of its tensor: `label`, `probabilities`, `value`. */
export type Answers = Readonly<Record<string, Value>>

/**
 * The one graph of a model, from start columns to answers. `emitLearner` gets the feature matrix (float32
 * [N, features], as `readMatrix` gives it) and puts the model behind it. The signature names as inputs the start
 * columns that the answers need, and no others.
 */
export function buildModelGraph(
  table: TableData,
  emitLearner: (builder: GraphBuilder, matrix: Value) => Answers,
  metadata: Readonly<Record<string, string>> = {},
): { bytes: Uint8Array; signature: Signature } {
  throw new Error(`not there yet ${table.rows.count} ${emitLearner.name} ${Object.keys(metadata).length}`)
}

/** The start columns that some columns of a table are computed from, in the table's order. */
export function modelInputs(table: TableData, columns: readonly string[]): StartColumn[] {
  throw new Error(`not there yet ${table.rows.count} ${columns.length}`)
}
