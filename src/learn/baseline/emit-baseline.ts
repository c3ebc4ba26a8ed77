import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import type { BaselineModel } from './baseline-model.ts'

/**
 * Appends the constant answer to a graph: float32 [N, classes] probabilities or float64 [N, 1] values. The rows are
 * counted by the matrix, whose values, missing ones too, come in with the weight 0.
 */
export function emitBaseline(builder: GraphBuilder, matrix: Value, model: BaselineModel): Value {
  const type = model.task === 'regression' ? 'float64' : 'float32'
  const answer = model.task === 'regression' ? [model.value] : model.probabilities
  const missing = builder.node('Cast', [builder.node('IsNaN', [matrix])], { to: { i: elementCodes[type] } })
  const weights = new Float64Array(model.features * answer.length)
  return builder.node('Gemm', [
    missing,
    builder.constant(tensor(type, [model.features, answer.length], weights)),
    builder.constant(tensor(type, [1, answer.length], answer)),
  ])
}
