/**
 * A decision tree in flat arrays, one entry an inner node; node 0 is the root. A child ≥ 0 is a node, a child < 0 the
 * leaf `~child`. A row goes left when its value is ≤ the threshold or, where it has none, by `missingLeft`; where a
 * node has categories, when its value is one of them.
 */
export interface Tree {
  features: Int32Array
  /** +∞ where every value goes left; of no meaning where there are categories. */
  thresholds: Float32Array
  missingLeft: Uint8Array
  /** Whole numbers, ascending; null for most nodes, or absent where no node has any. */
  categories?: readonly (Float32Array | null)[]
  left: Int32Array
  right: Int32Array
  leafValues: Float32Array
  gains: Float64Array
  /** Train rows that came through each node, and reached each leaf. */
  nodeRows: Float64Array
  leafRows: Float64Array
}

/** The leaf that a row of a matrix reaches. */
export function leafOfRow(tree: Tree, data: Float32Array, start: number): number {
  let node = 0
  while (node >= 0) {
    const value = data[start + tree.features[node]!]!
    node = goesLeft(tree, node, value) ? tree.left[node]! : tree.right[node]!
  }
  return ~node
}

function goesLeft(tree: Tree, node: number, value: number): boolean {
  const categories = tree.categories?.[node]
  if (categories) return categories.includes(value)
  return Number.isNaN(value) ? tree.missingLeft[node] === 1 : value <= tree.thresholds[node]!
}
