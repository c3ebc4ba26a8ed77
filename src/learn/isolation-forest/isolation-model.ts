import type { Tree } from '../histogram-trees/tree.ts'

export interface IsolationParameters {
  trees: number
  /** Rows that each tree is grown on; all, where there are fewer. */
  sampleRows: number
}

/** Leaf values are path lengths over the number of trees: their float32 sum is the mean length. */
export interface IsolationModel {
  features: number
  trees: readonly Tree[]
  /** The mean path length of an unsuccessful search in as many rows as a tree was grown on. */
  expectedLength: number
}

const eulersConstant = 0.577_215_664_901_532_9

/** Of a binary search tree of so many rows (Liu, Ting & Zhou 2008, eq. 1). */
export function expectedPathLength(rows: number): number {
  if (rows <= 1) return 0
  if (rows === 2) return 1
  return 2 * (Math.log(rows - 1) + eulersConstant) - (2 * (rows - 1)) / rows
}
