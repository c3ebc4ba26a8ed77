import type { Tree } from './tree.ts'

/**
 * A row's score is the float32 sum of its leaf values, tree by tree. Binary: base + score, in float32, is the log-odds
 * of the second class. Regression: base + score, in float64, is the value.
 */
export interface TreesModel {
  task: 'binary' | 'regression'
  features: number
  base: number
  trees: readonly Tree[]
}
