import type { StartColumn } from '../core/artifacts.ts'
import { textBytesOfVector, type TextBytes } from './text-vector.ts'
import { bytesOfVector, nullsOfVector, type VectorMemory } from './vectors.ts'

/** A part of a column of stored rows, for several to look at. */
export interface StoredVector {
  rows: number
  /** Rows of it without a value, ascending. */
  nulls: readonly number[]
  /** The values where they are, of fixed width; of texts none. What stands at a null is undefined. */
  bytes: Uint8Array
  /** Of texts, their bytes. */
  text: TextBytes | null
}

export function storedVector(memory: VectorMemory, type: StartColumn['type']): StoredVector {
  const nulls = nullsOfVector(memory)
  const text = type === 'text' ? textBytesOfVector(memory, nulls) : null
  const bytes = type === 'text' ? noBytes : bytesOfVector(memory, bytesPerValue(type))
  return { rows: memory.rows, nulls, bytes, text }
}

const noBytes = new Uint8Array()

export function bytesPerValue(type: Exclude<StartColumn['type'], 'text'>): 1 | 4 | 8 {
  switch (type) {
    case 'number':
    case 'integer':
    case 'datetime':
      return 8
    case 'date':
      return 4
    case 'boolean':
      return 1
  }
}
