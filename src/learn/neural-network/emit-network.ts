import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { leak } from './gradient-graph.ts'
import type { NetworkLayer, NetworkModel } from './network-model.ts'

/** Appends the network to a graph: from float32 [N, features] to float32 [N, classes] probabilities or float64 [N, 1] values. */
export function emitNetwork(builder: GraphBuilder, matrix: Value, model: NetworkModel): Value {
  const row = (values: Float32Array): Value => builder.constant(tensor('float32', [1, values.length], values))
  const centred = builder.node('Sub', [matrix, row(model.means)])
  const standardized = builder.node('Mul', [centred, row(model.factors)])
  const last = model.layers.reduce((value, layer) => emitLayer(builder, value, layer), standardized)
  const scores = builder.node('Add', [last, emitGaps(builder, standardized, model)])
  switch (model.task) {
    case 'regression':
      return emitValue(builder, scores, model.target)
    case 'binary': {
      const bothSides = builder.constant(tensor('float32', [1, 2], [0, 1]))
      return builder.node('Softmax', [builder.node('Mul', [scores, bothSides])], { axis: { i: 1 } })
    }
    case 'multiclass':
      return builder.node('Softmax', [scores], { axis: { i: 1 } })
  }
}

/** 0, but NaN in rows without a value somewhere: a rectifier would take that for 0, and the answer would look like any. */
function emitGaps(builder: GraphBuilder, standardized: Value, { features, layers }: NetworkModel): Value {
  const { outputs } = layers.at(-1)!
  const zeros = tensor('float32', [features, outputs], new Float32Array(features * outputs))
  return builder.node('Gemm', [standardized, builder.constant(zeros)])
}

function emitLayer(
  builder: GraphBuilder,
  value: Value,
  { inputs, outputs, weights, biases, activation }: NetworkLayer,
): Value {
  const sums = builder.node('Gemm', [
    value,
    builder.constant(tensor('float32', [inputs, outputs], weights)),
    builder.constant(tensor('float32', [1, outputs], biases)),
  ])
  switch (activation) {
    case 'none':
      return sums
    case 'relu':
      return builder.node('Relu', [sums])
    case 'leaky-relu': {
      const leaked = builder.node('Mul', [sums, builder.constant(tensor('float32', [1, 1], [leak]))])
      return builder.node('Max', [sums, leaked])
    }
    case 'tanh':
      return builder.node('Tanh', [sums])
    case 'sigmoid':
      return builder.node('Sigmoid', [sums])
  }
}

function emitValue(builder: GraphBuilder, scores: Value, { mean, deviation }: NetworkModel['target']): Value {
  const number = (value: number): Value => builder.constant(tensor('float64', [1, 1], [value]))
  const wide = builder.node('Cast', [scores], { to: { i: elementCodes.float64 } })
  return builder.node('Add', [builder.node('Mul', [wide, number(deviation)]), number(mean)])
}
