import type { LearningPart, LearningTable, MatrixChunk } from '../learner.ts'

/** The bin of missing values, in every feature; values have the bins 1, 2, … in ascending order. */
export const missingBin = 0

/** A feature matrix as one byte a value: the bins of all rows, feature by feature. */
export interface BinnedMatrix {
  rows: number
  columns: readonly Uint8Array[]
}

/** Bins a part of the table as its chunks come, so that its float matrix is never held. */
export async function binMatrix(options: {
  table: LearningTable
  part: LearningPart
  cuts: readonly Float32Array[]
  turn: () => Promise<void> | undefined
}): Promise<BinnedMatrix> {
  const { table, part, cuts, turn } = options
  const rows = table.rows[part]
  const columns = cuts.map(() => new Uint8Array(rows))
  let firstRow = 0
  for await (const chunk of table.chunks(part)) {
    const endRow = firstRow + chunk.rows
    if (endRow > rows) throw new RangeError(`more than ${rows} ${part} rows`)
    for (const [feature, column] of columns.entries()) {
      binColumn({ chunk, feature, cuts: cuts[feature]!, bins: column.subarray(firstRow, endRow) })
    }
    firstRow = endRow
    await turn()
  }
  if (firstRow !== rows) throw new RangeError(`${firstRow} ${part} rows came, ${rows} were announced`)
  return { rows, columns }
}

function binColumn(options: {
  chunk: MatrixChunk
  feature: number
  cuts: Float32Array
  bins: Uint8Array
}): void {
  const { chunk, feature, cuts, bins } = options
  const width = chunk.data.length / chunk.rows
  for (let row = 0, at = feature; row < bins.length; row++, at += width)
    bins[row] = binOf(chunk.data[at]!, cuts)
}

/** One more than the number of cuts below the value. */
function binOf(value: number, cuts: Float32Array): number {
  if (value !== value) return missingBin
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (cuts[middle]! < value) low = middle + 1
    else high = middle
  }
  return low + 1
}
