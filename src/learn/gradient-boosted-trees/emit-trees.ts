import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import type { Attributes } from '../../onnx/attributes.ts'
import type { Tree } from './tree.ts'
import type { TreesModel } from './trees-model.ts'

const branchLessOrEqual = 0
const aggregateSum = 1
const noTransform = 0

/**
 * Appends the trees to a graph: from float32 [N, features] to float32 [N, 2] probabilities or float64 [N, 1] values.
 */
export function emitTrees(builder: GraphBuilder, matrix: Value, model: TreesModel): Value {
  const scores = emitScores(builder, matrix, model.trees)
  switch (model.task) {
    case 'regression': {
      const wide = builder.node('Cast', [scores], { to: { i: elementCodes.float64 } })
      return builder.node('Add', [wide, builder.constant(tensor('float64', [1, 1], [model.base]))])
    }
    case 'binary': {
      const margins = builder.node('Add', [scores, builder.constant(tensor('float32', [1, 1], [model.base]))])
      // Softmax of 0 and the log-odds: exact digits for small probabilities on both sides.
      const bothSides = builder.constant(tensor('float32', [1, 2], [0, 1]))
      return builder.node('Softmax', [builder.node('Mul', [margins, bothSides])], { axis: { i: 1 } })
    }
  }
}

/** The trees alone: float32 [N, 1], equal to `scoreWithTrees` bit for bit. */
export function emitScores(builder: GraphBuilder, matrix: Value, trees: readonly Tree[]): Value {
  const scores = builder.node(
    'ml.TreeEnsemble',
    [matrix],
    ensembleAttributes(trees.length > 0 ? trees : [stump]),
  )
  return builder.declare(scores, { type: 'float32', width: 1 })
}

/** What stands for no trees at all: the operator wants a node. */
const stump: Tree = {
  features: Int32Array.of(0),
  thresholds: Float32Array.of(0),
  missingLeft: Uint8Array.of(1),
  left: Int32Array.of(~0),
  right: Int32Array.of(~0),
  leafValues: Float32Array.of(0),
  bins: Uint8Array.of(0),
  gains: Float64Array.of(0),
}

/** All trees end to end: node and leaf numbers are shifted by those of the trees before. */
function ensembleAttributes(trees: readonly Tree[]): Attributes {
  const roots: number[] = []
  const children = { left: childList(), right: childList() }
  let nodes = 0
  let leaves = 0
  for (const tree of trees) {
    roots.push(nodes)
    for (const side of ['left', 'right'] as const) {
      for (const child of tree[side]) {
        children[side].isLeaf.push(child < 0 ? 1 : 0)
        children[side].ids.push(child < 0 ? ~child + leaves : child + nodes)
      }
    }
    nodes += tree.features.length
    leaves += tree.leafValues.length
  }
  const all = (key: keyof Tree): number[] => trees.flatMap((tree) => Array.from(tree[key]))
  return {
    n_targets: { i: 1 },
    aggregate_function: { i: aggregateSum },
    post_transform: { i: noTransform },
    tree_roots: { ints: roots },
    nodes_modes: { t: tensor('uint8', [nodes], new Uint8Array(nodes).fill(branchLessOrEqual)) },
    nodes_featureids: { ints: all('features') },
    nodes_splits: { t: tensor('float32', [nodes], all('thresholds')) },
    nodes_missing_value_tracks_true: { ints: all('missingLeft') },
    nodes_truenodeids: { ints: children.left.ids },
    nodes_trueleafs: { ints: children.left.isLeaf },
    nodes_falsenodeids: { ints: children.right.ids },
    nodes_falseleafs: { ints: children.right.isLeaf },
    leaf_targetids: { ints: new Uint8Array(leaves) },
    leaf_weights: { t: tensor('float32', [leaves], all('leafValues')) },
  }
}

const childList = (): { ids: number[]; isLeaf: number[] } => ({ ids: [], isLeaf: [] })
