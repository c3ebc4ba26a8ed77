import type { MatrixChunk } from '../learner.ts'
import type { Tree } from './tree.ts'
import type { TreesModel } from './trees-model.ts'

/** The float32 score of each row: what the graph's tree ensemble gives, bit for bit. */
export function scoreWithTrees(model: TreesModel, { rows, data }: MatrixChunk): Float32Array {
  const scores = new Float32Array(rows)
  for (const tree of model.trees) {
    for (let row = 0; row < rows; row++) {
      const leaf = leafOfRow(tree, data, row * model.features)
      scores[row] = scores[row]! + tree.leafValues[leaf]!
    }
  }
  return scores
}

/** Binary: two float32 probabilities a row. Regression: one float64 value a row. */
export function predictWithTrees(model: TreesModel, chunk: MatrixChunk): Float32Array | Float64Array {
  const scores = scoreWithTrees(model, chunk)
  if (model.task === 'regression') return Float64Array.from(scores, (score) => model.base + score)
  const probabilities = new Float32Array(2 * chunk.rows)
  for (let row = 0; row < chunk.rows; row++) {
    const margin = Math.fround(model.base + scores[row]!)
    probabilities[2 * row] = 1 / (1 + Math.exp(margin))
    probabilities[2 * row + 1] = 1 / (1 + Math.exp(-margin))
  }
  return probabilities
}

function leafOfRow(tree: Tree, data: Float32Array, start: number): number {
  let node = 0
  while (node >= 0) {
    const value = data[start + tree.features[node]!]!
    const goesLeft = Number.isNaN(value) ? tree.missingLeft[node] === 1 : value <= tree.thresholds[node]!
    node = goesLeft ? tree.left[node]! : tree.right[node]!
  }
  return ~node
}
