import { open } from 'node:fs/promises'

const chunkRows = 4096

/** Makes the rows of a matrix, one after the other: fills in the values and gives the answer, 0 or 1. */
export interface RowMaker {
  width: number
  fill: (row: Float32Array) => number
}

/** Writes a matrix of float32 rows and their answers, one byte each, as two files. */
export async function writeMatrix(path: string, rows: number, { width, fill }: RowMaker): Promise<void> {
  const matrix = await open(`${path}.x.f32`, 'w')
  const answers = await open(`${path}.y.u8`, 'w')
  for (let first = 0; first < rows; first += chunkRows) {
    const count = Math.min(chunkRows, rows - first)
    const data = new Float32Array(count * width)
    const labels = new Uint8Array(count)
    for (let row = 0; row < count; row++) labels[row] = fill(data.subarray(row * width, (row + 1) * width))
    await matrix.write(new Uint8Array(data.buffer))
    await answers.write(labels)
  }
  await matrix.close()
  await answers.close()
}
