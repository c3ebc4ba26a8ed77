import type { ComparedColumn } from '../core/drift-content.ts'

/** What a thread answers: what it found, and the memory that it was given. */
export interface ComparedInThread {
  found: ComparedColumn
  buffers: ArrayBuffer[]
}
