import type { StandardErrors } from '../linear-design/wald-errors.ts'

/** The function of Poisson regression: value = exp(coefficients · features + intercept). */
export interface PoissonModel {
  features: number
  coefficients: Float64Array
  intercept: number
  /** Without a penalty, where the rows can tell. */
  standardErrors: StandardErrors | null
  converged: boolean
  iterations: number
}

/** Beyond this the exponential would be infinite. */
export const highestLogarithm = 700
