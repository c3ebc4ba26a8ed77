import { rowCompressor, type CompressedChunk } from '../compressed-rows.ts'
import { learningParts, type LearningPart, type LearningTable } from '../learner.ts'

/** From this share of zeros on, rows take less memory without them. */
const leastZeros = 0.5

/**
 * The table with its rows in memory, without their zeros, where most values are zeros, as those of one-hot codes are: each
 * is computed once, though all are read twice. Other tables are left as they are.
 */
export async function holdRows(
  table: LearningTable,
  turn: () => Promise<void> | undefined,
): Promise<LearningTable> {
  const compressed = table.compressed ?? ((await isSparse(table)) ? compressing(table) : null)
  if (!compressed) return table
  const held: Record<LearningPart, CompressedChunk[]> = { train: [], validation: [] }
  for (const part of learningParts) {
    if (table.rows[part] === 0) continue
    for await (const chunk of compressed(part)) {
      held[part].push(chunk)
      await turn()
    }
  }
  return {
    ...table,
    async *compressed(part) {
      yield* held[part]
    },
  }
}

/** As its first rows tell. */
async function isSparse(table: LearningTable): Promise<boolean> {
  for await (const { data } of table.chunks('train')) return 1 - nonZeroShare(data) >= leastZeros
  return false
}

function nonZeroShare(data: Float32Array): number {
  let count = 0
  for (let at = 0; at < data.length; at++) if (data[at] !== 0) count++
  return count / Math.max(1, data.length)
}

const compressing = (table: LearningTable) =>
  async function* (part: LearningPart): AsyncIterable<CompressedChunk> {
    const compress = rowCompressor()
    for await (const chunk of table.chunks(part)) yield compress(chunk)
  }
