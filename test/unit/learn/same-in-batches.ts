import { expect } from 'vitest'
import type { OnnxSession } from '../../../src/onnx/session.ts'

/** Runs the rows all at once and in small batches: every answer is the same, bit for bit. */
export async function expectSameInBatches(
  session: OnnxSession,
  chunk: { rows: number; columns: Record<string, Float32Array> },
): Promise<void> {
  const whole = await session.run(chunk)
  for (const size of [1, 3, 13]) {
    for (let first = 0; first < Math.min(chunk.rows, 60 * size); first += size) {
      const rows = Math.min(size, chunk.rows - first)
      const columns = Object.fromEntries(
        Object.entries(chunk.columns).map(([name, column]) => {
          const width = column.length / chunk.rows
          return [name, column.slice(first * width, (first + rows) * width)]
        }),
      )
      const part = await session.run({ rows, columns })
      for (const [name, column] of Object.entries(whole)) {
        const width = column.length / chunk.rows
        expect(part[name]).toEqual(column.slice(first * width, (first + rows) * width))
      }
    }
  }
}
