import type { BinnedMatrix } from './binned-matrix.ts'
import { findSplit, type Split, type SplitRules } from './find-split.ts'
import type { HistogramPool } from './histogram-pool.ts'
import { fillHistogram, subtractHistogram, type HistogramLayout } from './histograms.ts'
import { bestLeafValue, type LeafSums } from './leaf-sums.ts'
import { partitionRows } from './partition-rows.ts'
import { assembleTree, type Branch, type Tree } from './tree.ts'

export interface Growth {
  matrix: BinnedMatrix
  cuts: readonly Float32Array[]
  /** The features the tree may use. */
  layout: HistogramLayout
  /** The rows it is grown on; they are reordered so that each leaf's lie together. */
  rows: Uint32Array
  /** As long as `rows`. */
  scratch: Uint32Array
  /** Gradient and hessian of every row of the matrix, side by side. */
  derivatives: Float64Array
  /** Twice as long as `rows`. */
  orderedDerivatives: Float64Array
  pool: HistogramPool
  rules: SplitRules
  leaves: number
  depth: number
  learningRate: number
  turn: () => Promise<void> | undefined
}

interface Leaf {
  rows: Uint32Array
  depth: number
  sums: LeafSums
  /** How to split it best; null where it must stay a leaf. */
  split: Split | null
  /** Held as long as it can be split. */
  histogram: Float64Array | null
  /** Null for the root. */
  hangsOn: { branch: Branch; side: 'left' | 'right' } | null
}

/**
 * Grows a tree leaf by leaf, always splitting where the gain is largest (Shi 2007, “Best-first decision tree
 * learning”). Null when not even the root can be split. `leafRows` is parallel to the leaf values.
 */
export async function growTree(growth: Growth): Promise<{ tree: Tree; leafRows: Uint32Array[] } | null> {
  const leaves = [growRoot(growth)]
  const branches: Branch[] = []
  while (leaves.length < growth.leaves) {
    const index = indexOfBest(leaves)
    if (index < 0) break
    const parent = leaves[index]!
    if (parent.hangsOn) parent.hangsOn.branch[parent.hangsOn.side] = branches.length
    const branch = { split: parent.split!, left: ~index, right: ~leaves.length }
    branches.push(branch)
    const [left, right] = childrenOf(parent, branch, growth)
    leaves[index] = left
    leaves.push(right)
    if (leaves.length < growth.leaves) prepareChildren({ parent, left, right }, growth)
    else releaseHistogram(parent, growth.pool)
    await growth.turn()
  }
  for (const leaf of leaves) releaseHistogram(leaf, growth.pool)
  if (branches.length === 0) return null
  const leafValues = leaves.map((leaf) => growth.learningRate * bestLeafValue(leaf.sums, growth.rules))
  return {
    tree: assembleTree({ branches, leafValues, cuts: growth.cuts }),
    leafRows: leaves.map((leaf) => leaf.rows),
  }
}

function growRoot(growth: Growth): Leaf {
  const { rows, derivatives } = growth
  const sums = { gradient: 0, hessian: 0, rows: rows.length }
  for (const row of rows) {
    sums.gradient += derivatives[2 * row]!
    sums.hessian += derivatives[2 * row + 1]!
  }
  const root: Leaf = { rows, depth: 0, sums, split: null, histogram: null, hangsOn: null }
  root.histogram = histogramOf(root, growth)
  chooseSplit(root, growth)
  return root
}

function histogramOf({ rows, sums }: Leaf, growth: Growth): Float64Array {
  const { layout, matrix, derivatives: all, orderedDerivatives: derivatives } = growth
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    derivatives[2 * index] = all[2 * row]!
    derivatives[2 * index + 1] = all[2 * row + 1]!
  }
  const histogram = growth.pool.take()
  fillHistogram({ histogram, layout, matrix, rows, derivatives, sums })
  return histogram
}

function childrenOf(leaf: Leaf, branch: Branch, growth: Growth): [Leaf, Leaf] {
  const { matrix, scratch } = growth
  const { rows } = leaf
  const leftCount = partitionRows({ matrix, rows, split: branch.split, scratch })
  const child = (side: 'left' | 'right', rowsOfChild: Uint32Array): Leaf => ({
    rows: rowsOfChild,
    depth: leaf.depth + 1,
    sums: branch.split[side],
    split: null,
    histogram: null,
    hangsOn: { branch, side },
  })
  return [child('left', rows.subarray(0, leftCount)), child('right', rows.subarray(leftCount))]
}

/** The smaller child's histogram is counted; the larger's is its parent's less the smaller's. */
function prepareChildren(family: { parent: Leaf; left: Leaf; right: Leaf }, growth: Growth): void {
  const { parent, left, right } = family
  if (!maySplit(left, growth) && !maySplit(right, growth)) {
    releaseHistogram(parent, growth.pool)
    return
  }
  const [smaller, larger] = left.rows.length <= right.rows.length ? [left, right] : [right, left]
  smaller.histogram = histogramOf(smaller, growth)
  larger.histogram = parent.histogram
  parent.histogram = null
  subtractHistogram(larger.histogram!, smaller.histogram)
  chooseSplit(smaller, growth)
  chooseSplit(larger, growth)
}

function chooseSplit(leaf: Leaf, growth: Growth): void {
  const { layout, rules } = growth
  if (maySplit(leaf, growth))
    leaf.split = findSplit({ histogram: leaf.histogram!, layout, sums: leaf.sums, rules })
  if (!leaf.split) releaseHistogram(leaf, growth.pool)
}

function maySplit(leaf: Leaf, { depth, rules }: Growth): boolean {
  return leaf.depth < depth && leaf.rows.length >= 2 * rules.minimumRowsInLeaf
}

/** The leaf with the largest gain, the earliest of equal ones; −1 when none can be split. */
function indexOfBest(leaves: readonly Leaf[]): number {
  let best = -1
  for (const [index, { split }] of leaves.entries()) {
    if (split && split.gain > (leaves[best]?.split?.gain ?? 0)) best = index
  }
  return best
}

function releaseHistogram(leaf: Leaf, pool: HistogramPool): void {
  if (leaf.histogram) pool.giveBack(leaf.histogram)
  leaf.histogram = null
}
