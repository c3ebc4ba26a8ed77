import type { GraphNode } from './model-message.ts'
import type { StoredGraph } from './stored-graph.ts'
import { numbersOfTensor } from './tensor-numbers.ts'

/**
 * The trees behind one output of a model, as its graph holds them: nodes and leaves of all trees end to end. A row goes
 * left when its value is ≤ the threshold or one of the members, or where it has none, by `missingLeft`.
 */
export interface StoredTrees {
  roots: readonly number[]
  features: Int32Array
  thresholds: Float32Array
  members: readonly (Float32Array | null)[]
  missingLeft: Uint8Array
  /** Indexes of nodes, or, where `…IsLeaf`, of leaves. */
  left: Int32Array
  leftIsLeaf: Uint8Array
  right: Int32Array
  rightIsLeaf: Uint8Array
  /** Of the train rows that came through a node, the share that went left. */
  leftShares: Float32Array
  leafValues: Float64Array
}

const lessOrEqual = 0
const member = 6
const sum = 1
const noTransform = 0

/** Null for trees that do not say how their train rows went, or go by other questions than ours. */
export function readTrees(ensemble: GraphNode): Omit<StoredTrees, 'leafValues'> | null {
  const numbers = numbersOf(ensemble)
  const modes = numbers('nodes_modes')
  const leftShares = Float32Array.from(numbers('nodes_hitrates'))
  if (leftShares.length !== modes.length) return null
  if (!Array.from(modes).every((mode) => mode === lessOrEqual || mode === member)) return null
  return {
    roots: Array.from(numbers('tree_roots')),
    features: Int32Array.from(numbers('nodes_featureids')),
    thresholds: Float32Array.from(numbers('nodes_splits')),
    members: membersOf(modes, numbers('membership_values')),
    missingLeft: Uint8Array.from(numbers('nodes_missing_value_tracks_true')),
    left: Int32Array.from(numbers('nodes_truenodeids')),
    leftIsLeaf: Uint8Array.from(numbers('nodes_trueleafs')),
    right: Int32Array.from(numbers('nodes_falsenodeids')),
    rightIsLeaf: Uint8Array.from(numbers('nodes_falseleafs')),
    leftShares,
  }
}

/** What each leaf adds to an output of the operator. */
export function leafValuesFor(ensemble: GraphNode, output: number): Float64Array {
  const numbers = numbersOf(ensemble)
  const targets = numbers('leaf_targetids')
  return Float64Array.from(numbers('leaf_weights'), (weight, leaf) => (targets[leaf] === output ? weight : 0))
}

/**
 * What each leaf adds to a class, where each tree tells the number of its leaf and shares are looked up by it; null
 * where the graph does not do that.
 */
export function lookedUpLeafValues(
  graph: StoredGraph,
  ensemble: GraphNode,
  output: number,
): Float64Array | null {
  const cast = graph.nodes.find(({ op, inputs }) => op === 'Cast' && inputs[0] === ensemble.outputs[0])
  if (!cast) return null
  const tables = new Map<number, Float64Array>()
  for (const { op, inputs, outputs } of graph.nodes) {
    if (op !== 'Gather' || inputs[0] !== cast.outputs[0]) continue
    const place = graph.constants.get(inputs[1] ?? '')
    const lookup = graph.nodes.find((node) => node.op === 'Gather' && node.inputs[1] === outputs[0])
    const table = graph.constants.get(lookup?.inputs[0] ?? '')
    if (!place || !table) return null
    const [leaves = 0, classes = 1] = Array.from(table.dims ?? [], Number)
    const shares = numbersOfTensor(table)
    tables.set(
      numbersOfTensor(place)[0]!,
      Float64Array.from({ length: leaves }, (_, leaf) => shares[leaf * classes + output]!),
    )
  }
  const numbers = numbersOf(ensemble)
  const numbered = numbers('leaf_weights')
  return tables.size === 0
    ? null
    : Float64Array.from(numbers('leaf_targetids'), (tree, leaf) => tables.get(tree)![numbered[leaf]!]!)
}

/** What the leaves of an ensemble that adds them up in float32 add to its outputs. */
export interface StoredLeaves {
  outputs: number
  /** To which output a leaf adds its value. */
  targets: Int32Array
  values: Float32Array
}

/** Null for an ensemble that does not simply add leaves up in float32. */
export function readLeaves(ensemble: GraphNode): StoredLeaves | null {
  const numbers = numbersOf(ensemble)
  const values = numbers('leaf_weights')
  const [outputs = 1, aggregate, transform] = ['n_targets', 'aggregate_function', 'post_transform'].map(
    (key) => Number(ensemble.attributes.find(({ name }) => name === key)?.i ?? -1),
  )
  if (!(values instanceof Float32Array) || aggregate !== sum || transform !== noTransform) return null
  return { outputs, targets: Int32Array.from(numbers('leaf_targetids')), values }
}

function numbersOf({ attributes }: GraphNode): (name: string) => ArrayLike<number> & Iterable<number> {
  const byName = new Map(attributes.map((attribute) => [attribute.name, attribute]))
  return (name) => {
    const { ints, t } = byName.get(name) ?? {}
    return ints ? Float64Array.from(ints as ArrayLike<number>, Number) : numbersOfTensor(t ?? {})
  }
}

/** The members of each node that has any; NaN ends those of one. */
function membersOf(modes: Iterable<number>, values: Iterable<number>): (Float32Array | null)[] {
  const lists: number[][] = [[]]
  for (const value of values) {
    if (Number.isNaN(value)) lists.push([])
    else lists.at(-1)!.push(value)
  }
  let next = 0
  return Array.from(modes, (mode) => (mode === member ? Float32Array.from(lists[next++]!) : null))
}

/** Whether a value goes left at a node. */
export function goesLeft(trees: StoredTrees, node: number, value: number): boolean {
  if (Number.isNaN(value)) return trees.missingLeft[node] === 1
  const members = trees.members[node]
  return members ? members.includes(value) : value <= trees.thresholds[node]!
}
