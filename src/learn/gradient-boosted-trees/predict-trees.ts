import { leafOfRow } from '../histogram-trees/tree.ts'
import type { MatrixChunk } from '../learner.ts'
import type { TreesModel } from './trees-model.ts'

/** The float32 scores of each row, one an output, row by row: what the graph's tree ensemble gives, bit for bit. */
export function scoreWithTrees(model: TreesModel, { rows, data }: MatrixChunk): Float32Array {
  const outputs = model.bases.length
  const scores = new Float32Array(rows * outputs)
  for (const tree of model.trees) {
    for (let row = 0; row < rows; row++) {
      const leaf = leafOfRow(tree, data, row * model.features)
      const at = row * outputs + tree.output
      scores[at] = scores[at]! + tree.leafValues[leaf]!
    }
  }
  return scores
}

/** Classes: a float32 probability a row and class. Amounts: one float64 a row. */
export function predictWithTrees(model: TreesModel, chunk: MatrixChunk): Float32Array | Float64Array {
  const scores = scoreWithTrees(model, chunk)
  const [base = 0] = model.bases
  switch (model.link) {
    case 'identity':
      return Float64Array.from(scores, (score) => base + score)
    case 'log':
      return Float64Array.from(scores, (score) => Math.exp(base + score))
    case 'logit':
      return shares(scores, base)
    case 'softmax':
      return softmax(scores, model.bases)
  }
}

function shares(scores: Float32Array, base: number): Float32Array {
  const probabilities = new Float32Array(2 * scores.length)
  for (const [row, score] of scores.entries()) {
    const margin = Math.fround(base + score)
    probabilities[2 * row] = 1 / (1 + Math.exp(margin))
    probabilities[2 * row + 1] = 1 / (1 + Math.exp(-margin))
  }
  return probabilities
}

function softmax(scores: Float32Array, bases: readonly number[]): Float32Array {
  const classes = bases.length
  const probabilities = new Float32Array(scores.length)
  for (let start = 0; start < scores.length; start += classes) {
    const margins = bases.map((base, code) => Math.fround(base + scores[start + code]!))
    const largest = Math.max(...margins)
    const powers = margins.map((margin) => Math.exp(margin - largest))
    const sum = powers.reduce((total, power) => total + power, 0)
    for (const [code, power] of powers.entries()) probabilities[start + code] = power / sum
  }
  return probabilities
}
