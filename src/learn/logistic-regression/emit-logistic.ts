import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import type { LogisticModel } from './logistic-model.ts'

/**
 * Appends the model to a graph: from float32 [N, features] to float32 [N, classes] probabilities. The linear part is
 * computed in float64, so features need not be scaled for the sake of digits.
 */
export function emitLogistic(builder: GraphBuilder, matrix: Value, model: LogisticModel): Value {
  const { features, classes, coefficients, intercepts } = model
  const wide = builder.node('Cast', [matrix], { to: { i: elementCodes.float64 } })
  const scores = builder.node('Gemm', [
    wide,
    builder.constant(tensor('float64', [features, classes], oneColumnAClass(coefficients, model))),
    builder.constant(tensor('float64', [1, classes], oneColumnAClass(intercepts, model))),
  ])
  const narrow = builder.node('Cast', [scores], { to: { i: elementCodes.float32 } })
  return builder.node('Softmax', [narrow], { axis: { i: 1 } })
}

/** Of two classes the first has the score 0, the second the log-odds. */
function oneColumnAClass(numbers: Float64Array, { classes, intercepts }: LogisticModel): Float64Array {
  if (intercepts.length === classes) return numbers
  return Float64Array.from({ length: 2 * numbers.length }, (_, index) =>
    index % 2 ? numbers[(index - 1) / 2]! : 0,
  )
}
