import { describe, expect, it } from 'vitest'
import { gradientGraph, leak, varianceFloor } from '../../../src/learn/neural-network/gradient-graph.ts'
import type { Activation, NetworkParameters } from '../../../src/learn/neural-network/network-parameters.ts'
import {
  blocksOf,
  shapeOf,
  viewOf,
  type NetworkShape,
} from '../../../src/learn/neural-network/network-shape.ts'
import { openGraph } from '../../../src/onnx/open-graph.ts'
import { createRandom } from '../../../src/tables/random.ts'

const rows = 7
const features = 3
const parameters: NetworkParameters = {
  hiddenLayers: [5, 4],
  activation: 'tanh',
  dropout: 0,
  batchNormalization: false,
  weightDecay: 0,
  learningRate: 0.001,
  schedule: 'constant',
  batchRows: rows,
  epochs: 1,
  patience: 1,
}

interface Given {
  shape: NetworkShape
  weights: Float32Array
  x: Float32Array
  y: Float32Array
  rowWeights: Float32Array
  masks: Float32Array[]
}

function example(head: NetworkShape['head'], changes: Partial<NetworkParameters>): Given {
  const outputs = head === 'softmax' ? 3 : 1
  const shape = shapeOf(features, { outputs, head }, { ...parameters, ...changes })
  const random = createRandom(4, `${head} ${JSON.stringify(changes)}`)
  const numbers = (length: number) => Float32Array.from({ length }, () => 2 * random.unit() - 1)
  const y = new Float32Array(rows * outputs)
  for (let row = 0; row < rows; row++) {
    if (head === 'identity') y[row] = random.unit()
    else if (head === 'sigmoid') y[row] = row % 2
    else y[row * 3 + (row % 3)] = 1
  }
  const masks = [5, 4].map((units) =>
    Float32Array.from({ length: shape.hasDropout ? rows * units : 0 }, () =>
      random.unit() < 0.3 ? 0 : 1 / 0.7,
    ),
  )
  return {
    shape,
    weights: numbers(shape.size).map((value) => value + 0.1),
    x: numbers(rows * features),
    y,
    rowWeights: Float32Array.from({ length: rows }, (_, row) => (row + 1) / 28),
    masks,
  }
}

async function derivatives({ shape, weights, x, y, rowWeights, masks }: Given): Promise<Float32Array> {
  const graph = await openGraph(gradientGraph(shape))
  const found = await graph.run({
    rows: { data: x, dims: [rows, features] },
    targets: { data: y, dims: [rows, shape.outputs] },
    weights: { data: rowWeights, dims: [rows, 1] },
    ones: { data: new Float32Array(rows).fill(1), dims: [rows, 1] },
    ...(shape.layers[0]!.scales && { share: { data: Float32Array.of(1 / rows), dims: [1, 1] } }),
    ...Object.fromEntries(
      blocksOf(shape).map((block) => [
        block.name,
        { data: Float32Array.from(viewOf(weights, block)), dims: [block.rows, block.columns] },
      ]),
    ),
    ...(shape.hasDropout && {
      mask0: { data: masks[0]!, dims: [rows, 5] },
      mask1: { data: masks[1]!, dims: [rows, 4] },
    }),
  })
  await graph.close()
  const all = new Float32Array(shape.size)
  for (const block of blocksOf(shape)) viewOf(all, block).set(found[`d_${block.name}`]!)
  return all
}

/** The loss by the textbook, in float64, written without the graph. */
function lossOf({ shape, x, y, rowWeights, masks }: Given, weights: Float64Array): number {
  let values = Array.from({ length: rows }, (_, row) =>
    Array.from(x.subarray(row * features, (row + 1) * features)),
  )
  for (const [index, layer] of shape.layers.entries()) {
    const weight = (input: number, output: number) =>
      weights[layer.weights.at + input * layer.outputs + output]!
    let sums = values.map((row) =>
      Array.from({ length: layer.outputs }, (_, output) =>
        row.reduce((sum, value, input) => sum + value * weight(input, output), 0),
      ),
    )
    if (layer.scales)
      sums = normalized(sums).map((row) =>
        row.map((value, unit) => value * weights[layer.scales!.at + unit]!),
      )
    values = sums.map((row, at) =>
      row.map((sum, unit) => {
        const value = activate(sum + weights[layer.biases.at + unit]!, layer.activation)
        return layer.activation === 'none' || !shape.hasDropout
          ? value
          : value * masks[index]![at * row.length + unit]!
      }),
    )
  }
  return values.reduce(
    (sum, scores, row) =>
      sum + rowWeights[row]! * rowLoss(scores, y.subarray(row * shape.outputs), shape.head),
    0,
  )
}

function normalized(sums: number[][]): number[][] {
  return sums.map((row) =>
    row.map((sum, unit) => {
      const column = sums.map((each) => each[unit]!)
      const mean = column.reduce((total, value) => total + value, 0) / rows
      const variance = column.reduce((total, value) => total + (value - mean) ** 2, 0) / rows
      return (sum - mean) / Math.sqrt(variance + varianceFloor)
    }),
  )
}

function activate(sum: number, activation: Activation | 'none'): number {
  switch (activation) {
    case 'none':
      return sum
    case 'relu':
      return sum > 0 ? sum : 0
    case 'leaky-relu':
      return sum > 0 ? sum : leak * sum
    case 'tanh':
      return Math.tanh(sum)
    case 'sigmoid':
      return 1 / (1 + Math.exp(-sum))
  }
}

function rowLoss(scores: readonly number[], targets: Float32Array, head: NetworkShape['head']): number {
  switch (head) {
    case 'identity':
      return (scores[0]! - targets[0]!) ** 2 / 2
    case 'sigmoid':
      return Math.log1p(Math.exp(scores[0]!)) - targets[0]! * scores[0]!
    case 'softmax': {
      const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0))
      return scores.reduce((sum, score, code) => sum + targets[code]! * (total - score), 0)
    }
  }
}

describe('the gradient graph of a network', () => {
  it.each<[NetworkShape['head'], Partial<NetworkParameters>]>([
    ['sigmoid', { activation: 'tanh' }],
    ['sigmoid', { activation: 'relu' }],
    ['sigmoid', { activation: 'leaky-relu' }],
    ['identity', { activation: 'sigmoid' }],
    ['softmax', { activation: 'tanh' }],
    ['softmax', { activation: 'tanh', batchNormalization: true }],
    ['identity', { activation: 'relu', batchNormalization: true }],
    ['sigmoid', { activation: 'tanh', dropout: 0.3 }],
    ['softmax', { activation: 'tanh', batchNormalization: true, dropout: 0.3 }],
    ['sigmoid', { hiddenLayers: [] }],
  ])('gives the derivatives that differences give: %s %j', async (head, changes) => {
    const given = example(head, changes)
    const found = await derivatives(given)
    const step = 1e-6
    const off = Array.from(found, (derivative, index) => {
      const moved = (by: number) =>
        Float64Array.from(given.weights, (value, at) => (at === index ? value + by : value))
      const difference = (lossOf(given, moved(step)) - lossOf(given, moved(-step))) / (2 * step)
      return Math.abs(derivative - difference)
    })
    expect(Math.max(...off)).toBeLessThan(2e-6)
    expect(Math.max(...found.map(Math.abs))).toBeGreaterThan(0.01)
  })
})
