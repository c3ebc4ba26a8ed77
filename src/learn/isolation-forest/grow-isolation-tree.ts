import type { Random } from '../../tables/random.ts'
import type { Tree } from '../histogram-trees/tree.ts'
import { expectedPathLength } from './isolation-model.ts'

interface OpenNode {
  rows: number[]
  depth: number
  hangsOn: { node: number; side: 'left' | 'right' } | null
}

const largestFloat32 = 3.402_823_466_385_288_6e38

/**
 * Parts rows at random until each is alone or the depth that the mean row would have is reached: a random feature that
 * is not constant, at a random value between its lowest and highest; missing values go to a random side.
 */
export function growIsolationTree(options: {
  /** Row-major. */
  data: Float32Array
  features: number
  rows: number[]
  trees: number
  random: Random
}): Tree {
  const { data, features, rows, trees, random } = options
  const depthLimit = Math.ceil(Math.log2(Math.max(rows.length, 2)))
  const tree = { features: [], thresholds: [], missingLeft: [], left: [], right: [] } as Record<
    'features' | 'thresholds' | 'missingLeft' | 'left' | 'right',
    number[]
  >
  const leaves: { value: number; rows: number }[] = []
  const nodeRows: number[] = []
  const open: OpenNode[] = [{ rows, depth: 0, hangsOn: null }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { rows: own, depth, hangsOn } = next
    const split =
      depth < depthLimit && own.length > 1 ? drawSplit({ data, features, rows: own, random }) : null
    const id = split ? nodeRows.length : ~leaves.length
    if (hangsOn) tree[hangsOn.side][hangsOn.node] = id
    if (!split) {
      leaves.push({ value: (depth + expectedPathLength(own.length)) / trees, rows: own.length })
      continue
    }
    tree.features.push(split.feature)
    tree.thresholds.push(split.threshold)
    tree.missingLeft.push(Number(split.missingLeft))
    nodeRows.push(own.length)
    const goesLeft = (row: number): boolean => {
      const value = data[row * features + split.feature]!
      return Number.isNaN(value) ? split.missingLeft : value <= split.threshold
    }
    open.push({
      rows: own.filter((row) => !goesLeft(row)),
      depth: depth + 1,
      hangsOn: { node: id, side: 'right' },
    })
    open.push({ rows: own.filter(goesLeft), depth: depth + 1, hangsOn: { node: id, side: 'left' } })
  }
  if (nodeRows.length === 0) return leafAlone(leaves[0]!)
  return {
    features: Int32Array.from(tree.features),
    thresholds: Float32Array.from(tree.thresholds),
    missingLeft: Uint8Array.from(tree.missingLeft),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    leafValues: Float32Array.from(leaves, ({ value }) => value),
    gains: new Float64Array(nodeRows.length),
    nodeRows: Float64Array.from(nodeRows),
    leafRows: Float64Array.from(leaves, (leaf) => leaf.rows),
  }
}

/** Features are drawn until one is not constant; null when all are. */
function drawSplit(options: {
  data: Float32Array
  features: number
  rows: readonly number[]
  random: Random
}): { feature: number; threshold: number; missingLeft: boolean } | null {
  const { data, features, rows, random } = options
  const order = Uint32Array.from({ length: features }, (_, feature) => feature)
  for (let drawn = 0; drawn < features; drawn++) {
    const other = drawn + random.below(features - drawn)
    const feature = order[other]!
    order[other] = order[drawn]!
    let low = Infinity
    let high = -Infinity
    for (const row of rows) {
      const value = data[row * features + feature]!
      if (value < low) low = value
      if (value > high) high = value
    }
    if (!(low < high)) continue
    const [from, to] = [Math.max(low, -largestFloat32), Math.min(high, largestFloat32)]
    const threshold = Math.fround(from + random.unit() * (to - from))
    // Rounding must not put the highest value on the left side.
    return { feature, threshold: threshold < high ? threshold : low, missingLeft: random.below(2) === 0 }
  }
  return null
}

/** Graphs want a node. */
function leafAlone({ value, rows }: { value: number; rows: number }): Tree {
  return {
    features: Int32Array.of(0),
    thresholds: Float32Array.of(Infinity),
    missingLeft: Uint8Array.of(1),
    left: Int32Array.of(~0),
    right: Int32Array.of(~0),
    leafValues: Float32Array.of(value),
    gains: Float64Array.of(0),
    nodeRows: Float64Array.of(rows),
    leafRows: Float64Array.of(rows),
  }
}
