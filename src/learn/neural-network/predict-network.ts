import type { MatrixChunk } from '../learner.ts'
import { softmax } from '../softmax.ts'
import { leak } from './gradient-graph.ts'
import { placeOfCode } from './embed-rows.ts'
import type { NetworkLayer, NetworkModel } from './network-model.ts'

/** The reference prediction, computed in float64: float32 probabilities, rows × classes, or one float64 a row. */
export function predictWithNetwork(
  model: NetworkModel,
  { rows, data }: MatrixChunk,
): Float32Array | Float64Array {
  const { features, classes, task, target } = model
  const answers = task === 'regression' ? new Float64Array(rows) : new Float32Array(rows * classes)
  for (let row = 0; row < rows; row++) {
    const scores = scoresOf(model, data.subarray(row * features, (row + 1) * features))
    if (task === 'regression') answers[row] = scores[0]! * target.deviation + target.mean
    else answers.set(softmax(task === 'binary' ? Float64Array.of(0, scores[0]!) : scores), row * classes)
  }
  return answers
}

function scoresOf(
  { means, factors, layers, embeddings }: NetworkModel,
  features: Float32Array,
): Float64Array {
  const isEmbedded = new Set(embeddings.map(({ feature }) => feature))
  const standardized = Array.from(
    features,
    (value, index) => (value - means[index]!) * factors[index]!,
  ).filter((_, index) => !isEmbedded.has(index))
  const looked = embeddings.flatMap(({ feature, codes, size, table }) => {
    const first = placeOfCode(features[feature]!, codes) * size
    return Array.from(table.subarray(first, first + size))
  })
  return layers.reduce(through, Float64Array.from([...standardized, ...looked]))
}

function through(
  values: Float64Array,
  { inputs, outputs, weights, biases, activation }: NetworkLayer,
): Float64Array {
  const sums = Float64Array.from(biases)
  for (let input = 0; input < inputs; input++) {
    const value = values[input]!
    for (let output = 0; output < outputs; output++)
      sums[output] = sums[output]! + value * weights[input * outputs + output]!
  }
  return sums.map((sum) => activate(sum, activation))
}

function activate(sum: number, activation: NetworkLayer['activation']): number {
  switch (activation) {
    case 'none':
      return sum
    case 'relu':
      return Math.max(0, sum)
    case 'leaky-relu':
      return Math.max(sum, leak * sum)
    case 'tanh':
      return Math.tanh(sum)
    case 'sigmoid':
      return 1 / (1 + Math.exp(-sum))
  }
}
