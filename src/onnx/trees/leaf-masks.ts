import type { StoredLeaves, StoredTrees } from '../stored-trees.ts'

/** Leaves of a tree that a mask can tell apart. */
export const MASK_LEAVES = 32
/** Masks of so many trees stand side by side: those that are missing are never looked at. */
export const TREES_AT_ONCE = 16
/** So many masks at most, 64 MB: beyond the processor’s caches there is nothing to be gained. */
const MOST_MASKS = 1 << 24

type Trees = Omit<StoredTrees, 'leafValues' | 'leftShares'>

/** What a value of a feature leaves of the leaves of all trees. */
export interface FeatureMasks {
  feature: number
  /** Ascending. A value lies in the bin of as many cuts as are less than it; without a value, in one before. */
  cuts: Float32Array
  /** (2 + cuts) × trees: first for no value, then for each bin, the leaves that are not ruled out. */
  masks: Int32Array
}

/** An ensemble as masks of leaves; its trees are put in the order of the outputs that they add to. */
export interface LeafMasks {
  features: FeatureMasks[]
  /** A multiple of `TREES_AT_ONCE`: trees with those that are missing. */
  paddedTrees: number
  /** For each output, how many trees add to it. */
  treesOf: number[]
  /** `MASK_LEAVES` values a tree, by the bits of its masks. */
  values: Float32Array
}

/**
 * Turns trees into masks of leaves, one bit a leaf from left to right, after QuickScorer (Lucchese et al. 2015): a node
 * that sends a row right rules out all leaves on its left, so the leaf that a row comes to is the first one that no node
 * rules out, whether the row comes by that node or not. Nodes of one feature are asked together, by the bin of its value.
 * Null where a tree has too many leaves, or the masks would be too many.
 */
export function leafMasks(trees: Trees, { outputs, targets, values }: StoredLeaves): LeafMasks | null {
  const ends = [...trees.roots.slice(1), trees.features.length]
  if (trees.roots.some((root, tree) => ends[tree]! - root >= MASK_LEAVES)) return null
  const walked = trees.roots.map((root) => walk(trees, root))
  const targetOf = walked.map(({ leaves }) => targets[leaves[0]!]!)
  if (walked.some(({ leaves }, tree) => leaves.some((leaf) => targets[leaf] !== targetOf[tree]))) return null
  // Those of one output keep their order, and so does the sum.
  const order = [...walked.keys()].toSorted((a, b) => targetOf[a]! - targetOf[b]!)
  const paddedTrees = Math.ceil(order.length / TREES_AT_ONCE) * TREES_AT_ONCE
  const nodes = order.flatMap((tree, place) =>
    walked[tree]!.nodes.map(({ node, rest }) => ({ node, rest, tree: place })),
  )
  const features: FeatureMasks[] = []
  let masks = 0
  for (const [feature, asked] of Map.groupBy(nodes, ({ node }) => trees.features[node]!)) {
    const cuts = cutsOf(trees, asked)
    masks += (cuts.length + 2) * paddedTrees
    if (masks > MOST_MASKS) return null
    features.push({ feature, cuts, masks: masksOf(trees, { asked, cuts, paddedTrees }) })
  }
  const leafValues = new Float32Array(paddedTrees * MASK_LEAVES)
  for (const [place, tree] of order.entries())
    for (const [bit, leaf] of walked[tree]!.leaves.entries())
      leafValues[place * MASK_LEAVES + bit] = values[leaf]!
  return {
    features,
    paddedTrees,
    treesOf: Array.from(
      { length: outputs },
      (_, output) => targetOf.filter((each) => each === output).length,
    ),
    values: leafValues,
  }
}

interface AskedNode {
  node: number
  tree: number
  /** All leaves but those on its left. */
  rest: number
}

/** The leaves of a tree from left to right, and what its nodes rule out of them. */
function walk(trees: Trees, root: number): { leaves: number[]; nodes: Omit<AskedNode, 'tree'>[] } {
  const leaves: number[] = []
  const nodes: Omit<AskedNode, 'tree'>[] = []
  const visit = (child: number, isLeaf: boolean): void => {
    if (isLeaf) {
      leaves.push(child)
      return
    }
    const first = leaves.length
    visit(trees.left[child]!, trees.leftIsLeaf[child] === 1)
    nodes.push({ node: child, rest: ~bitsBetween(first, leaves.length) })
    visit(trees.right[child]!, trees.rightIsLeaf[child] === 1)
  }
  visit(root, false)
  return { leaves, nodes }
}

/** At least one, and never all of a mask. */
const bitsBetween = (first: number, end: number): number => ((1 << (end - first)) - 1) << first

/** Every value between two cuts is answered alike; each member lies alone between two. */
function cutsOf(trees: Trees, asked: readonly AskedNode[]): Float32Array {
  const cuts = new Set<number>()
  for (const { node } of asked) {
    const members = trees.members[node]
    if (!members) cuts.add(trees.thresholds[node]!)
    for (const member of members ?? []) cuts.add(member).add(numberBefore(member))
  }
  return Float32Array.from(cuts).sort()
}

function masksOf(
  trees: Trees,
  { asked, cuts, paddedTrees }: { asked: readonly AskedNode[]; cuts: Float32Array; paddedTrees: number },
): Int32Array {
  const masks = new Int32Array((cuts.length + 2) * paddedTrees).fill(-1)
  const binOf = new Map(Array.from(cuts, (cut, index) => [cut, index + 1]))
  const goesLeft = new Uint8Array(cuts.length + 2)
  for (const { node, tree, rest } of asked) {
    const members = trees.members[node]
    if (members) {
      goesLeft.fill(0)
      for (const member of members) goesLeft[binOf.get(member)!] = 1
    } else {
      const last = binOf.get(trees.thresholds[node]!)!
      goesLeft.fill(1, 1, last + 1).fill(0, last + 1)
    }
    goesLeft[0] = trees.missingLeft[node]!
    for (let bin = 0; bin < goesLeft.length; bin++)
      if (!goesLeft[bin]) masks[bin * paddedTrees + tree]! &= rest
  }
  return masks
}

const bits = new DataView(new ArrayBuffer(4))

/** The greatest float32 below a finite one. */
function numberBefore(number: number): number {
  if (number === 0) return -(2 ** -149)
  bits.setFloat32(0, number)
  bits.setInt32(0, bits.getInt32(0) + (number > 0 ? -1 : 1))
  return bits.getFloat32(0)
}
