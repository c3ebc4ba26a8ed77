import type { ModelStructure, TreeNode } from '../contract/model-details.ts'
import type { Message } from '../onnx/messages.ts'
import type { GraphNode } from '../onnx/model-message.ts'
import { metadataKeys } from '../onnx/model-metadata.ts'
import { readMetadata, readModel } from '../onnx/read-model.ts'
import { numbersOfTensor } from '../onnx/tensor-numbers.ts'

const shownTrees = 20
const shownNodes = 2_000
const branchModes = { lessOrEqual: 0, equal: 4 } as const

/** What a model of trees or of a linear equation consists of, read out of its graph; null for other kinds. */
export function modelStructure(bytes: Uint8Array, features: readonly string[]): ModelStructure | null {
  if (metadataKeys.imported in readMetadata(bytes)) return null
  const { nodes, constants } = readModel(bytes)
  const ensemble = nodes.findLast(({ op }) => op === 'ml.TreeEnsemble')
  if (ensemble) return treesOf(ensemble, features)
  const weights = new Map(constants.map((tensor) => [tensor.name ?? '', tensor]))
  const equation = nodes.findLast(
    ({ op, inputs }) => op === 'Gemm' && Number(weights.get(inputs[1] ?? '')?.dims?.[0]) === features.length,
  )
  const [, coefficients, intercepts] = (equation?.inputs ?? []).map((name) => weights.get(name))
  return coefficients && intercepts ? linearOf(coefficients, intercepts) : null
}

function linearOf(coefficients: Message<'Tensor'>, intercepts: Message<'Tensor'>): ModelStructure | null {
  const values = Array.from(numbersOfTensor(coefficients))
  const constants = Array.from(numbersOfTensor(intercepts))
  const scores = constants.length
  if (scores === 0 || values.length % scores !== 0) return null
  const columns = constants.map((_, score) => values.filter((_, index) => index % scores === score))
  // Of two classes, the first has the score 0.
  const isPair = scores === 2 && columns[0]!.every((value) => value === 0) && constants[0] === 0
  return {
    kind: 'linear',
    coefficients: isPair ? columns.slice(1) : columns,
    intercepts: constants.slice(isPair ? 1 : 0),
  }
}

interface Ensemble {
  features: readonly number[]
  splits: readonly number[]
  modes: readonly number[]
  missingTrue: readonly number[]
  yes: { ids: readonly number[]; isLeaf: readonly number[] }
  no: { ids: readonly number[]; isLeaf: readonly number[] }
  weights: readonly number[]
  targets: readonly number[]
}

function treesOf(node: GraphNode, features: readonly string[]): ModelStructure | null {
  const ints = (name: string): number[] => Array.from(attribute(node, name)?.ints ?? [], Number)
  const numbers = (name: string) => Array.from(numbersOfTensor(attribute(node, name)?.t ?? {}))
  const ensemble: Ensemble = {
    features: ints('nodes_featureids'),
    splits: numbers('nodes_splits'),
    modes: numbers('nodes_modes'),
    missingTrue: ints('nodes_missing_value_tracks_true'),
    yes: { ids: ints('nodes_truenodeids'), isLeaf: ints('nodes_trueleafs') },
    no: { ids: ints('nodes_falsenodeids'), isLeaf: ints('nodes_falseleafs') },
    weights: numbers('leaf_weights'),
    targets: ints('leaf_targetids'),
  }
  const known: readonly number[] = Object.values(branchModes)
  if (!ensemble.modes.every((mode) => known.includes(mode))) return null
  const roots = ints('tree_roots')
  return {
    kind: 'trees',
    count: roots.length,
    leaves: ensemble.weights.length,
    trees: roots.slice(0, shownTrees).map((root) => treeFrom(ensemble, root, features)),
  }
}

/** Nodes in the order in which they are met from the root on; what is too much ends as a leaf. */
function treeFrom(ensemble: Ensemble, root: number, features: readonly string[]): TreeNode[] {
  const pending = [{ id: root, isLeaf: false }]
  const found: TreeNode[] = []
  const add = (child: { id: number; isLeaf: boolean }): number | null =>
    pending.length < shownNodes ? pending.push(child) - 1 : null
  for (let next = pending[0]; next; next = pending[found.length]) {
    const { id, isLeaf } = next
    if (isLeaf) {
      found.push({ ...leaf, value: ensemble.weights[id]!, score: ensemble.targets[id] ?? 0 })
      continue
    }
    const { yes, no } = ensemble
    found.push({
      ...leaf,
      feature: features[ensemble.features[id]!] ?? null,
      threshold: ensemble.splits[id]!,
      isEqual: ensemble.modes[id] === branchModes.equal,
      missing: ensemble.missingTrue[id] === 1 ? 'yes' : 'no',
      yes: add({ id: yes.ids[id]!, isLeaf: yes.isLeaf[id] === 1 }),
      no: add({ id: no.ids[id]!, isLeaf: no.isLeaf[id] === 1 }),
    })
  }
  return found
}

const leaf: TreeNode = {
  feature: null,
  threshold: null,
  isEqual: false,
  missing: 'no',
  yes: null,
  no: null,
  value: null,
  score: 0,
}

function attribute(node: GraphNode, name: string): Message<'Attribute'> | undefined {
  return node.attributes.find((each) => each.name === name)
}
