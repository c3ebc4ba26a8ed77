export interface LinearParameters {
  /** `none`: ordinary least squares. `l2`: `strength` times the sum of squared coefficients is added; the intercept is free. */
  penalty: 'none' | 'l2'
  /** The alpha of scikit-learn's `Ridge`: > 0. */
  strength: number
}
