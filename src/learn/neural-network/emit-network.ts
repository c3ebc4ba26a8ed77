import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { leak } from './gradient-graph.ts'
import type { NetworkEmbedding, NetworkLayer, NetworkModel } from './network-model.ts'

/** Appends the network to a graph: from float32 [N, features] to float32 [N, classes] probabilities or float64 [N, 1] values. */
export function emitNetwork(builder: GraphBuilder, matrix: Value, model: NetworkModel): Value {
  const row = (values: Float32Array): Value => builder.constant(tensor('float32', [1, values.length], values))
  const centred = builder.node('Sub', [matrix, row(model.means)])
  const standardized = builder.node('Mul', [centred, row(model.factors)])
  const last = model.layers.reduce(
    (value, layer) => emitLayer(builder, value, layer),
    emitInputs(builder, { matrix, standardized }, model),
  )
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

/** What the first layer takes: features that are not embedded, then the numbers of the codes. */
function emitInputs(
  builder: GraphBuilder,
  { matrix, standardized }: { matrix: Value; standardized: Value },
  { features, embeddings }: NetworkModel,
): Value {
  if (embeddings.length === 0) return standardized
  const isEmbedded = new Set(embeddings.map(({ feature }) => feature))
  const plain = Array.from({ length: features }, (_, feature) => feature).filter(
    (feature) => !isEmbedded.has(feature),
  )
  const parts = embeddings.map((embedding) => emitEmbedding(builder, matrix, embedding))
  if (plain.length > 0) parts.unshift(columnsOf(builder, standardized, plain))
  const width = embeddings.reduce((sum, { size }) => sum + size, plain.length)
  return builder.declare(builder.node('Concat', parts, { axis: { i: 1 } }), { type: 'float32', width })
}

/** The numbers of the code of each row, float32 [N, size]; of the last row of the table where the code is not known. */
function emitEmbedding(
  builder: GraphBuilder,
  matrix: Value,
  { feature, codes, size, table }: NetworkEmbedding,
): Value {
  const number = (value: number): Value => builder.constant(tensor('float32', [1, 1], [value]))
  const code = columnsOf(builder, matrix, [feature])
  const isKnown = builder.node('And', [
    builder.node('GreaterOrEqual', [code, number(0)]),
    builder.node('Less', [code, number(codes)]),
  ])
  const place = builder.node('Cast', [builder.node('Where', [isKnown, code, number(codes)])], {
    to: { i: elementCodes.int64 },
  })
  const rows = builder.constant(tensor('float32', [codes + 1, size], table))
  const looked = builder.node('Gather', [rows, place], { axis: { i: 0 } })
  const shape = builder.constant(tensor('int64', [2], [-1, size]))
  return builder.declare(builder.node('Reshape', [looked, shape]), { type: 'float32', width: size })
}

function columnsOf(builder: GraphBuilder, matrix: Value, features: readonly number[]): Value {
  const places = builder.constant(tensor('int64', [features.length], features))
  return builder.declare(builder.node('Gather', [matrix, places], { axis: { i: 1 } }), {
    type: 'float32',
    width: features.length,
  })
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
