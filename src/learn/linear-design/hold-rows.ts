import type { CompressedChunk } from '../compressed-rows.ts'
import { learningParts, type LearningPart, type LearningTable } from '../learner.ts'

/**
 * The table with its compressed rows, where it has such, in memory: each is computed once, however often it is read. Others
 * are left as they are.
 */
export async function holdCompressed(
  table: LearningTable,
  turn: () => Promise<void> | undefined,
): Promise<LearningTable> {
  if (!table.compressed) return table
  const held: Record<LearningPart, CompressedChunk[]> = { train: [], validation: [] }
  for (const part of learningParts) {
    if (table.rows[part] === 0) continue
    for await (const chunk of table.compressed(part)) {
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
