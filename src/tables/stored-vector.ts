import { textBytesOfVector, type TextBytes } from './text-vector.ts'
import { nullsOfVector, type VectorMemory } from './vectors.ts'

/** A part of a column of stored rows, for several to look at. */
export interface StoredVector {
  memory: VectorMemory
  /** Rows of it without a value, ascending. */
  nulls: readonly number[]
  /** Of texts, their bytes. */
  text: TextBytes | null
}

export function storedVector(memory: VectorMemory, { isText }: { isText: boolean }): StoredVector {
  const nulls = nullsOfVector(memory)
  return { memory, nulls, text: isText ? textBytesOfVector(memory, nulls) : null }
}
