import type { Tree } from '../histogram-trees/tree.ts'

/** The answer is the sum, in the order of the trees and in float32, of what their leaves hold. */
export type ForestModel =
  /** Leaves hold what they add to `base`; the sum with it is float64. */
  | { task: 'regression'; features: number; base: number; trees: readonly Tree[] }
  /** Leaves hold their share of the second class, over the number of trees. */
  | { task: 'binary'; features: number; trees: readonly Tree[] }
  /** Leaves hold the share of each class, over the number of trees: `leafShares` is leaves × classes, a tree at a time. */
  | {
      task: 'multiclass'
      features: number
      classes: number
      trees: readonly Tree[]
      leafShares: readonly Float32Array[]
    }
