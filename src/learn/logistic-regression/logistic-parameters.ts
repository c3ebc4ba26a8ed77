export interface LogisticParameters {
  /** `l2` adds half the sum of squared coefficients to `inverseStrength` times the summed log loss; intercepts are free. */
  penalty: 'l2' | 'none'
  /** The C of scikit-learn and LIBLINEAR: > 0. */
  inverseStrength: number
  /** The most iterations of L-BFGS. */
  maximumIterations: number
  /** No derivative of the mean loss, by coefficients of standardized features, is larger at the end. */
  tolerance: number
}
