import type { MatrixChunk } from './learner.ts'

/** Rows to be told apart, without any answer. `chunks` may be called several times and gives the same rows each time. */
export interface UnlabelledTable {
  /** Names of the matrix columns, in order. */
  features: readonly string[]
  rows: number
  chunks(): AsyncIterable<MatrixChunk>
}
