import type { StartColumn } from '../../src/core/artifacts.ts'
import type { ColumnType } from '../../src/core/columns.ts'
import type { LoggedAnswers } from '../../src/node-kit/prediction-logs.ts'
import { CHUNK_ROWS, type ColumnChunk } from '../../src/tables/column-chunk.ts'

/** A column of what was logged, under the name that it has in the database. */
export interface LogColumn {
  name: string
  type: StartColumn['type']
  value: (answers: LoggedAnswers, row: number) => number | string
}

/** Chunks of the wanted rows of logged answers. */
export async function* answerChunks(
  answers: AsyncIterable<LoggedAnswers>,
  columns: readonly LogColumn[],
  isWanted: (answers: LoggedAnswers, row: number) => boolean,
): AsyncIterable<ColumnChunk> {
  let rows: (number | string)[][] = []
  for await (const each of answers) {
    for (let row = 0; row < each.predictionIds.length; row++)
      if (isWanted(each, row)) rows.push(columns.map(({ value }) => value(each, row)))
    if (rows.length < CHUNK_ROWS) continue
    yield chunkOf(rows, columns)
    rows = []
  }
  if (rows.length > 0) yield chunkOf(rows, columns)
}

function chunkOf(rows: readonly (number | string)[][], columns: readonly LogColumn[]): ColumnChunk {
  return {
    rows: rows.length,
    columns: Object.fromEntries(
      columns.map(({ name, type }, index) => {
        const values = rows.map((row) => row[index]!)
        return [name, type === 'text' ? (values as string[]) : Float64Array.from(values as number[])]
      }),
    ),
  }
}

/** The value that the model was asked with; none where the column was not logged, or meant something else then. */
export function inputColumn(
  name: string,
  { input, type }: { input: string; type: StartColumn['type'] },
): LogColumn {
  const none = type === 'text' ? '' : Number.NaN
  return {
    name,
    type,
    value({ inputs }, row) {
      const found = Object.hasOwn(inputs, input) ? inputs[input] : undefined
      return found && familyOf(found.type) === familyOf(type) ? found.values[row]! : none
    },
  }
}

function familyOf(type: ColumnType): 'number' | 'text' | 'time' | 'vector' {
  switch (type) {
    case 'number':
    case 'integer':
    case 'boolean':
      return 'number'
    case 'text':
      return 'text'
    case 'date':
    case 'datetime':
      return 'time'
    case 'vector':
      return 'vector'
  }
}
