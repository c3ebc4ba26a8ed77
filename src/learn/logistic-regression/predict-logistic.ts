import type { MatrixChunk } from '../learner.ts'
import { softmax } from '../softmax.ts'
import type { LogisticModel } from './logistic-model.ts'

/** The reference prediction: float32 probabilities, rows × classes, computed in float64. */
export function predictWithLogistic(model: LogisticModel, { rows, data }: MatrixChunk): Float32Array {
  const { features, classes, coefficients, intercepts } = model
  const outputs = intercepts.length
  const probabilities = new Float32Array(rows * classes)
  for (let row = 0; row < rows; row++) {
    const scores = intercepts.slice()
    for (let feature = 0; feature < features; feature++) {
      const value = data[row * features + feature]!
      for (let output = 0; output < outputs; output++) {
        scores[output] = scores[output]! + coefficients[feature * outputs + output]! * value
      }
    }
    probabilities.set(softmax(outputs === 1 ? Float64Array.of(0, scores[0]!) : scores), row * classes)
  }
  return probabilities
}
