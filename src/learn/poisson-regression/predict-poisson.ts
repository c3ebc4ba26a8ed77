import type { MatrixChunk } from '../learner.ts'
import { highestLogarithm, type PoissonModel } from './poisson-model.ts'

/** The reference prediction: one float64 a row. */
export function predictWithPoisson(model: PoissonModel, { rows, data }: MatrixChunk): Float64Array {
  const { features, coefficients, intercept } = model
  const values = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    let sum = intercept
    for (let feature = 0; feature < features; feature++)
      sum += coefficients[feature]! * data[row * features + feature]!
    values[row] = Math.exp(Math.min(sum, highestLogarithm))
  }
  return values
}
