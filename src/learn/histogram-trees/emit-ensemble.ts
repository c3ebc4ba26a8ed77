import type { Attributes } from '../../onnx/attributes.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import type { Tree } from './tree.ts'

const branchLessOrEqual = 0
const branchMember = 6
const aggregateSum = 1
const noTransform = 0

/** Trees that are summed up; each adds to one of the outputs. */
export interface Ensemble {
  trees: readonly (Tree & { output: number })[]
  outputs: number
  features: number
  /** Features whose values are codes of categories. */
  categorical?: readonly number[]
}

/** Appends trees to a graph: from float32 [N, features] to float32 [N, outputs], summed in the order of the trees. */
export function emitEnsemble(builder: GraphBuilder, matrix: Value, ensemble: Ensemble): Value {
  const { outputs, trees } = ensemble
  const prepared = emitCategories(builder, matrix, ensemble)
  const some = trees.length > 0 ? trees : [stump]
  const scores = builder.node('ml.TreeEnsemble', [prepared], ensembleAttributes(some, outputs))
  return builder.declare(scores, { type: 'float32', width: outputs })
}

/** Categories from 1 to 32 are told apart quickest, and codes count from 0. */
const categoryShift = 1

/** What is no whole number is no category; the operator would cut it off to one. */
function emitCategories(
  builder: GraphBuilder,
  matrix: Value,
  { categorical = [], features }: Ensemble,
): Value {
  if (categorical.length === 0) return matrix
  const marks = Array.from({ length: features }, (_, feature) => Number(categorical.includes(feature)))
  const shift = builder.constant(
    tensor(
      'float32',
      [1, features],
      marks.map((mark) => mark * categoryShift),
    ),
  )
  const isAmount = builder.constant(
    tensor(
      'float32',
      [1, features],
      marks.map((mark) => 1 - mark),
    ),
  )
  const amount = builder.node('Cast', [isAmount], { to: { i: elementCodes.bool } })
  const isWhole = builder.node('Equal', [matrix, builder.node('Floor', [matrix])])
  const fits = builder.node('Or', [isWhole, amount])
  const missing = builder.constant(tensor('float32', [1, 1], [Number.NaN]))
  return builder.node('Where', [fits, builder.node('Add', [matrix, shift]), missing])
}

/** What stands for no trees at all: the operator wants a node. */
const stump: Tree & { output: number } = {
  output: 0,
  features: Int32Array.of(0),
  thresholds: Float32Array.of(0),
  missingLeft: Uint8Array.of(1),
  left: Int32Array.of(~0),
  right: Int32Array.of(~0),
  leafValues: Float32Array.of(0),
  gains: Float64Array.of(0),
  nodeRows: Float64Array.of(0),
  leafRows: Float64Array.of(0),
}

/** All trees end to end: node and leaf numbers are shifted by those of the trees before. */
function ensembleAttributes(trees: Ensemble['trees'], outputs: number): Attributes {
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
  const all = (key: 'features' | 'thresholds' | 'missingLeft' | 'leafValues'): number[] =>
    trees.flatMap((tree) => Array.from(tree[key]))
  const categories = trees.flatMap((tree) =>
    Array.from(tree.features, (_, node) => tree.categories?.[node] ?? null),
  )
  return {
    n_targets: { i: outputs },
    aggregate_function: { i: aggregateSum },
    post_transform: { i: noTransform },
    tree_roots: { ints: roots },
    nodes_modes: {
      t: tensor(
        'uint8',
        [nodes],
        Uint8Array.from(categories, (each) => (each ? branchMember : branchLessOrEqual)),
      ),
    },
    nodes_featureids: { ints: all('features') },
    nodes_splits: { t: tensor('float32', [nodes], all('thresholds')) },
    nodes_missing_value_tracks_true: { ints: all('missingLeft') },
    nodes_hitrates: { t: tensor('float32', [nodes], trees.flatMap(leftShares)) },
    nodes_truenodeids: { ints: children.left.ids },
    nodes_trueleafs: { ints: children.left.isLeaf },
    nodes_falsenodeids: { ints: children.right.ids },
    nodes_falseleafs: { ints: children.right.isLeaf },
    leaf_targetids: { ints: trees.flatMap((tree) => Array.from(tree.leafValues, () => tree.output)) },
    leaf_weights: { t: tensor('float32', [leaves], all('leafValues')) },
    ...memberships(categories),
  }
}

/** Of the train rows that came through a node, how many went left: what explanations weigh the branches with. */
function leftShares({ left, nodeRows, leafRows }: Tree): number[] {
  return Array.from(left, (child, node) => {
    const rows = child < 0 ? leafRows[~child]! : nodeRows[child]!
    return nodeRows[node]! > 0 ? rows / nodeRows[node]! : 1 / 2
  })
}

/** The categories of each node that has any, with NaN after each. */
function memberships(categories: readonly (Float32Array | null)[]): Attributes {
  const values = categories.flatMap((each) =>
    each ? [...Array.from(each, (category) => category + categoryShift), Number.NaN] : [],
  )
  return values.length === 0 ? {} : { membership_values: { t: tensor('float32', [values.length], values) } }
}

const childList = (): { ids: number[]; isLeaf: number[] } => ({ ids: [], isLeaf: [] })
