import type { FeatureBins } from '../histogram-trees/feature-bins.ts'
import type { Tree } from '../histogram-trees/tree.ts'
import type { ForestModel } from './forest-model.ts'
import type { ForestTask, GrownForestTree } from './forest-task.ts'

/** Trees with thresholds in place of bins, and what each leaf adds to the answer. */
export function assembleForest(options: {
  grown: readonly GrownForestTree[]
  task: ForestTask
  bins: readonly FeatureBins[]
  features: number
  /** What amounts are less. */
  base: number
}): ForestModel {
  const { grown, task, features, base } = options
  const { outputs } = task
  const count = grown.length
  const shareOf = (output: number) => (tree: GrownForestTree) =>
    Float32Array.from(tree.leafRows, (_, leaf) => tree.leafAnswers[leaf * outputs + output]! / count)
  const trees = grown.map((tree) =>
    treeOf(tree, { ...options, leafValues: outputs === 2 ? shareOf(1)(tree) : shareOf(0)(tree) }),
  )
  if (outputs === 1) return { task: 'regression', features, base, trees }
  if (outputs === 2) return { task: 'binary', features, trees }
  const leafShares = grown.map((tree) => Float32Array.from(tree.leafAnswers, (share) => share / count))
  return { task: 'multiclass', features, classes: outputs, trees, leafShares }
}

/** A tree that is a leaf alone gets a node, which every row leaves by the same leaf: graphs want a node. */
function treeOf(
  grown: GrownForestTree,
  options: { task: ForestTask; bins: readonly FeatureBins[]; leafValues: Float32Array },
): Tree {
  const { task, bins, leafValues } = options
  const isLeaf = grown.places.length === 0
  const places = isLeaf ? [0] : grown.places
  const thresholdOf = (place: number, node: number): number => {
    const split = bins[task.layout.features[place]!]
    return split?.kind === 'number' ? (split.cuts[grown.bins[node]! - 1] ?? Infinity) : Infinity
  }
  return {
    features: Int32Array.from(places, (place) => task.layout.features[place] ?? 0),
    thresholds: Float32Array.from(places, (place, node) => (isLeaf ? Infinity : thresholdOf(place, node))),
    missingLeft: Uint8Array.from(places, (_, node) => Number(isLeaf || grown.missingLeft[node])),
    left: Int32Array.from(places, (_, node) => (isLeaf ? ~0 : grown.left[node]!)),
    right: Int32Array.from(places, (_, node) => (isLeaf ? ~0 : grown.right[node]!)),
    leafValues,
    gains: Float64Array.from(places, (_, node) => grown.gains[node] ?? 0),
    nodeRows: Float64Array.from(places, (_, node) => grown.nodeRows[node] ?? grown.leafRows[0]!),
    leafRows: Float64Array.from(grown.leafRows),
  }
}
