import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import type { LinearModel } from './linear-model.ts'

/** Appends the model to a graph, from float32 [N, features] to float64 [N, 1] values, computed in float64. */
export function emitLinear(builder: GraphBuilder, matrix: Value, model: LinearModel): Value {
  const wide = builder.node('Cast', [matrix], { to: { i: elementCodes.float64 } })
  return builder.node('Gemm', [
    wide,
    builder.constant(tensor('float64', [model.features, 1], model.coefficients)),
    builder.constant(tensor('float64', [1, 1], [model.intercept])),
  ])
}
