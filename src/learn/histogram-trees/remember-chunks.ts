import type { LearningTable, MatrixChunk } from '../learner.ts'

/** So many values are held, as float32: 128 MB. */
const mostRemembered = 2 ** 25

/**
 * A table whose train rows are computed once, though they are read twice (for the bins, then into them), where there
 * are few enough to be held. They are let go of with the second reading.
 */
export function rememberChunks(table: LearningTable): LearningTable {
  if (table.rows.train * table.features.length > mostRemembered) return table
  const remembered: MatrixChunk[] = []
  let isWhole = false
  return {
    ...table,
    async *chunks(part) {
      if (part === 'validation') return yield* table.chunks(part)
      if (isWhole) {
        isWhole = false
        for (let chunk = remembered.shift(); chunk; chunk = remembered.shift()) yield chunk
        return
      }
      remembered.length = 0
      for await (const { rows, data } of table.chunks(part)) {
        remembered.push({ rows, data: data.slice() })
        yield { rows, data }
      }
      isWhole = true
    },
  }
}
