import type { MatrixChunk } from '../learner.ts'
import type { LinearModel } from './linear-model.ts'

/** The reference prediction: one float64 a row. */
export function predictWithLinear(model: LinearModel, { rows, data }: MatrixChunk): Float64Array {
  const { features, coefficients, intercept } = model
  const values = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    let value = intercept
    for (let feature = 0; feature < features; feature++)
      value += coefficients[feature]! * data[row * features + feature]!
    values[row] = value
  }
  return values
}
