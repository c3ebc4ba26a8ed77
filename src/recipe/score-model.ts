import type { Artifact, TableData } from '../core/artifacts.ts'
import type { RowScope } from '../core/columns.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { OutputColumns } from '../onnx/session.ts'

export interface ScoredRows {
  /** Rows of the asked part before this chunk. */
  firstRow: number
  rows: number
  /** `label`: a text, or a number, a row; `probabilities`: float32, rows × classes; `value`: a number a row. */
  outputs: OutputColumns
}

/**
 * The answers of a model for the rows of a table, from its start columns, in chunks of 4 096 rows. Whoever needs a
 * prediction takes this way and no other. Throws `recipe.input-missing` or `recipe.input-type` where the table does
 * not have what the model's signature names.
 */
export async function* scoreModel(
  context: RunContext,
  model: Artifact<'model'>,
  table: TableData,
  options: { rows: RowScope; outputs?: readonly string[] },
): AsyncIterable<ScoredRows> {
  throw new Error(`not there yet ${context.node} ${model.hash} ${table.rows.count} ${options.rows}`)
}
