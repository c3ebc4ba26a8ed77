import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { highestLogarithm, type PoissonModel } from './poisson-model.ts'

/** Appends the model to a graph, from float32 [N, features] to float64 [N, 1] values, computed in float64. */
export function emitPoisson(builder: GraphBuilder, matrix: Value, model: PoissonModel): Value {
  const number = (value: number): Value => builder.constant(tensor('float64', [1, 1], [value]))
  const wide = builder.node('Cast', [matrix], { to: { i: elementCodes.float64 } })
  const sums = builder.node('Gemm', [
    wide,
    builder.constant(tensor('float64', [model.features, 1], model.coefficients)),
    number(model.intercept),
  ])
  return builder.node('Exp', [builder.node('Min', [sums, number(highestLogarithm)])])
}
