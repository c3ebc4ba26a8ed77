import type { Split } from './find-split.ts'

/**
 * A decision tree in flat arrays, one entry an inner node; node 0 is the root. A child ≥ 0 is a node, a child < 0 the
 * leaf `~child`. A row goes left when its value is ≤ the threshold or, where it has none, by `missingLeft`.
 */
export interface Tree {
  features: Int32Array
  /** +∞ where every value goes left. */
  thresholds: Float32Array
  missingLeft: Uint8Array
  left: Int32Array
  right: Int32Array
  leafValues: Float32Array
  /** The largest bin that goes left: the threshold, for rows that are binned. */
  bins: Uint8Array
  gains: Float64Array
}

/** An inner node while its tree grows; children as in `Tree`. */
export interface Branch {
  split: Split
  left: number
  right: number
}

export function assembleTree(options: {
  branches: readonly Branch[]
  leafValues: readonly number[]
  cuts: readonly Float32Array[]
}): Tree {
  const { branches, leafValues, cuts } = options
  const splits = branches.map((branch) => branch.split)
  return {
    features: Int32Array.from(splits, (split) => split.feature),
    thresholds: Float32Array.from(splits, (split) => cuts[split.feature]![split.bin - 1] ?? Infinity),
    missingLeft: Uint8Array.from(splits, (split) => Number(split.missingLeft)),
    left: Int32Array.from(branches, (branch) => branch.left),
    right: Int32Array.from(branches, (branch) => branch.right),
    leafValues: Float32Array.from(leafValues),
    bins: Uint8Array.from(splits, (split) => split.bin),
    gains: Float64Array.from(splits, (split) => split.gain),
  }
}
