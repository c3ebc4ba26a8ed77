import { leafOfRow } from '../histogram-trees/tree.ts'
import type { MatrixChunk } from '../learner.ts'
import type { ForestModel } from './forest-model.ts'

/** Classes: a float32 probability a row and class. Amounts: one float64 a row. The graph gives the same bits. */
export function predictWithForest(model: ForestModel, chunk: MatrixChunk): Float32Array | Float64Array {
  switch (model.task) {
    case 'regression':
      return Float64Array.from(leafSums(model, chunk), (sum) => model.base + sum)
    case 'binary':
      return Float32Array.from(
        [...leafSums(model, chunk)]
          .map((sum) => Math.min(Math.max(sum, 0), 1))
          .flatMap((share) => [1 - share, share]),
      )
    case 'multiclass':
      return classShares(model, chunk)
  }
}

function leafSums({ trees, features }: ForestModel, { rows, data }: MatrixChunk): Float32Array {
  const sums = new Float32Array(rows)
  for (const tree of trees) {
    for (let row = 0; row < rows; row++) {
      sums[row] = sums[row]! + tree.leafValues[leafOfRow(tree, data, row * features)]!
    }
  }
  return sums
}

function classShares(
  { trees, leafShares, classes, features }: Extract<ForestModel, { task: 'multiclass' }>,
  { rows, data }: MatrixChunk,
): Float32Array {
  const shares = new Float32Array(rows * classes)
  for (const [index, tree] of trees.entries()) {
    for (let row = 0; row < rows; row++) {
      const leaf = leafOfRow(tree, data, row * features)
      for (let code = 0; code < classes; code++) {
        const at = row * classes + code
        shares[at] = shares[at]! + leafShares[index]![leaf * classes + code]!
      }
    }
  }
  return shares
}
