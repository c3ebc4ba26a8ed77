export interface PoissonParameters {
  /** `l2` adds `strength` / 2 times the sum of squared coefficients to half the mean deviance; the intercept is free. */
  penalty: 'none' | 'l2'
  /** The alpha of scikit-learn’s `PoissonRegressor`: > 0. */
  strength: number
  /** The most iterations of L-BFGS. */
  maximumIterations: number
  /** No derivative of the mean loss, by coefficients of standardized features, is larger at the end. */
  tolerance: number
}
