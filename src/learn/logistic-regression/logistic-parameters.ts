export interface LogisticParameters {
  /** `l2` adds half the sum of squared coefficients to `c` times the summed log loss; intercepts are free. */
  penalty: 'l2' | 'none'
  /** The inverse strength of the penalty, as in scikit-learn and LIBLINEAR: > 0. */
  c: number
  /** The most iterations of L-BFGS. */
  iterations: number
  /** No derivative of the mean loss, by coefficients of standardized features, is larger at the end. */
  tolerance: number
}
