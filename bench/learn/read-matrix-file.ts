import { open } from 'node:fs/promises'
import type { MatrixChunk } from '../../src/learn/learner.ts'

/** The chunks of a matrix file as `write-matrix.ts` writes it. */
export async function* readMatrixFile(path: string, width: number): AsyncIterable<MatrixChunk> {
  const file = await open(`${path}.x.f32`)
  try {
    for (;;) {
      const data = new Float32Array(4096 * width)
      const { bytesRead } = await file.read(new Uint8Array(data.buffer))
      if (bytesRead === 0) return
      const rows = bytesRead / 4 / width
      yield { rows, data: data.subarray(0, rows * width) }
    }
  } finally {
    await file.close()
  }
}
