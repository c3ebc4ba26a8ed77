import type { TableData } from '../core/artifacts.ts'
import { splitParts, type RowScope } from '../core/columns.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { isCoded, valuesOfColumns, type CodedChunk } from '../tables/coded-texts.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import { readCodedChunks, readSplit } from '../tables/start-rows.ts'
import { recipeError } from './errors.ts'
import { foldFinder, foldsOfColumn } from './folds.ts'

/** The rows of a part, or those whose index (0 is the first stored row) is accepted. */
export type RowChoice = RowScope | ((index: number) => boolean)

/**
 * Start columns of the chosen rows, and their folds where a column of `folds.ts` asks for them, in row order, in
 * chunks of at most 4 096 rows. Train rows have folds (in a table without a split all), and so have rows that are
 * chosen by index: whoever refits a recipe chooses them so.
 */
export async function* readChosenRows(
  context: RunContext,
  table: TableData,
  choice: { columns: readonly string[]; rows: RowChoice },
): AsyncIterable<ColumnChunk> {
  for await (const { rows, columns } of readCodedRows(context, table, choice))
    yield { rows, columns: valuesOfColumns(columns) }
}

/** The same with texts as codes. */
export async function* readCodedRows(
  context: RunContext,
  table: TableData,
  { columns, rows }: { columns: readonly string[]; rows: RowChoice },
): AsyncIterable<CodedChunk> {
  const folds = columns.filter((name) => foldsOfColumn(name))
  if (typeof rows === 'string' && folds.length === 0) {
    yield* readCodedChunks(context, table, { columns, rows })
    return
  }
  const parts = typeof rows === 'string' ? await readSplit(context, table) : null
  const isChosen = typeof rows === 'string' ? partTest(parts, rows) : rows
  for (const name of folds) refuseOtherRows(table, name)
  const finders = folds.map((name) => foldColumn(name, (index) => !parts || parts[index] === 0))
  const stored = columns.filter((name) => !foldsOfColumn(name))
  for await (const chunk of readCodedChunks(context, table, { columns: stored, rows: 'all' })) {
    const indexes: number[] = []
    for (let index = 0; index < chunk.rows; index++) if (isChosen(chunk.firstRow + index)) indexes.push(index)
    if (indexes.length === 0) continue
    const picked = pickRows(chunk, indexes)
    const told = finders.map(({ name, foldOf }) => [
      name,
      Float64Array.from(indexes, (index) => foldOf(chunk.firstRow + index)),
    ])
    yield { rows: picked.rows, columns: { ...picked.columns, ...Object.fromEntries(told) } }
  }
}

/** The folds of rows that were picked or put in order since are not known. */
export function refuseOtherRows(table: TableData, column: string): void {
  const { rows } = foldsOfColumn(column)!
  if (rows !== undefined && rows !== table.rows.artifact) throw recipeError('rows-changed')
}

function partTest(parts: Uint8Array | null, rows: RowScope): (index: number) => boolean {
  if (rows === 'all' || !parts) return () => true
  const part = splitParts.indexOf(rows)
  return (index) => parts[index] === part
}

/** What tells the fold of a row, by its index, in a column of `folds.ts`. */
export function foldColumn(name: string, isLearnedFrom: (index: number) => boolean) {
  const folds = foldsOfColumn(name)!
  const find = foldFinder(folds)
  return { name, foldOf: (index: number) => (isLearnedFrom(index) ? find(index) : folds.count) }
}

function pickRows(chunk: CodedChunk, indexes: readonly number[]): CodedChunk {
  if (indexes.length === chunk.rows) return chunk
  const columns = Object.entries(chunk.columns).map(([name, column]) => {
    const picked = isCoded(column)
      ? { ...column, codes: Uint32Array.from(indexes, (index) => column.codes[index]!) }
      : Float64Array.from(indexes, (index) => column[index]!)
    return [name, picked]
  })
  return { rows: indexes.length, columns: Object.fromEntries(columns) as CodedChunk['columns'] }
}
