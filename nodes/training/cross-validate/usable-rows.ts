import type { TableData } from '../../../src/core/artifacts.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { readSplit } from '../../../src/tables/start-rows.ts'
import { writeSplit } from '../../../src/tables/write-split.ts'
import type { Folds, FoldPart } from '../../../src/learn/folds/folds.ts'

const testRow = 2

/** The rows that cross-validation may see: all but test rows, by their place in the table. */
export async function usableRows(context: RunContext, table: TableData): Promise<Uint32Array> {
  const parts = await readSplit(context, table)
  const all = Uint32Array.from({ length: table.rows.count }, (_, row) => row)
  return parts ? all.filter((row) => parts[row] !== testRow) : all
}

/** The table with some rows as its train rows and all others as test rows. */
export function withTrainRows(context: RunContext, table: TableData, rows: Uint32Array): Promise<TableData> {
  const parts = new Uint8Array(table.rows.count).fill(testRow)
  for (const row of rows) parts[row] = 0
  return writeSplit(context, table, parts)
}

/** The table as a fold sees it: what does not train or validate there stands as test rows, and nothing reads it. */
export async function tableOfFold(
  context: RunContext,
  table: TableData,
  options: { rows: Uint32Array; folds: Folds; fold: number },
): Promise<{ table: TableData; isHeldOut: (index: number) => boolean }> {
  const { rows, folds, fold } = options
  const parts = new Uint8Array(table.rows.count).fill(testRow)
  const heldOut = new Uint8Array(table.rows.count)
  for (const [place, row] of rows.entries()) {
    const part = folds.partOf(fold, place)
    parts[row] = byteOf[part]
    if (part === 'held-out') heldOut[row] = 1
  }
  return {
    table: await writeSplit(context, table, parts),
    isHeldOut: (index) => heldOut[index] === 1,
  }
}

const byteOf: Readonly<Record<FoldPart, number>> = {
  train: 0,
  validation: 1,
  'held-out': testRow,
  unused: testRow,
}
