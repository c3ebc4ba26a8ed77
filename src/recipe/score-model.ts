import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact, StartColumn, TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { OutputColumns } from '../onnx/session.ts'
import { recipeError } from './errors.ts'
import { narrowChunks } from './narrow-chunks.ts'
import { openScorer } from './open-scorer.ts'
import { readCodedRows, type RowChoice } from './read-chosen-rows.ts'

export interface ScoredRows {
  /** Chosen rows before this chunk. */
  firstRow: number
  rows: number
  /** `label`: a text, or a number, a row; `probabilities`: float32, rows × classes; `value`: a number a row. */
  outputs: OutputColumns
}

/**
 * The answers of a model for the rows of a table, from its start columns, in chunks of at most 4 096 rows. Whoever
 * needs a prediction takes this way and no other. Throws `recipe.input-missing` or `recipe.input-type` where the
 * table does not have what the model's signature names.
 */
export async function* scoreModel(
  context: RunContext,
  model: Artifact<'model'>,
  table: TableData,
  { rows, outputs }: { rows: RowChoice; outputs?: readonly string[] },
): AsyncIterable<ScoredRows> {
  const { inputs } = model.data.signature
  for (const input of inputs) checkInput(table, input)
  const scorer = await openScorer(await readFile(join(context.artifacts.folder(model.hash), 'model.onnx')))
  let firstRow = 0
  try {
    const columns = inputs.map(({ name }) => name)
    for await (const chunk of readCodedRows(context, table, { columns, rows })) {
      for (const piece of narrowChunks(chunk, model.data.features.length)) {
        context.signal.throwIfAborted()
        yield { firstRow, rows: piece.rows, outputs: await scorer.run(piece, outputs) }
        firstRow += piece.rows
      }
    }
  } finally {
    await scorer.close()
  }
}

function checkInput(table: TableData, input: StartColumn): void {
  const column = table.startColumns.find(({ name }) => name === input.name)
  if (!column) throw recipeError('input-missing', { column: input.name })
  if (kindOf(column.type) !== kindOf(input.type))
    throw recipeError('input-type', { column: input.name, given: column.type, wanted: input.type })
}

/** Whole numbers, numbers and booleans stand for each other; texts and dates for nothing else. */
function kindOf(type: StartColumn['type']): 'text' | 'date' | 'number' {
  switch (type) {
    case 'text':
      return 'text'
    case 'date':
    case 'datetime':
      return 'date'
    case 'number':
    case 'integer':
    case 'boolean':
      return 'number'
  }
}
