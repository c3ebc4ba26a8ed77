/** The function of linear regression: value = coefficients · features + intercept. */
export interface LinearModel {
  features: number
  coefficients: Float64Array
  intercept: number
  /** Least squares: features whose effect the rows cannot tell, with the coefficient 0. */
  leftOut: readonly { feature: number; because: 'constant' | 'combination' }[]
  /** Least squares, where more rows than coefficients leave something to judge by; NaN for what is left out. */
  standardErrors?: { coefficients: Float64Array; intercept: number }
  /** Rows with a weight minus coefficients that were estimated, the intercept among them. */
  degreesOfFreedom: number
}
