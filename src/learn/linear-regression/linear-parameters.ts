/** What is added to the loss; the intercept is free. */
export type LinearPenalty =
  | { kind: 'none' }
  /** `strength` (> 0, the alpha of scikit-learn's `Ridge`) times the sum of squared coefficients, to the sum of squares. */
  | { kind: 'squares'; strength: number }
  /**
   * To half the mean of squares, as in scikit-learn's `ElasticNet`: `strength` (> 0) times `absoluteShare` (0 … 1, its
   * l1_ratio) of the sum of absolute coefficients and half the rest of the sum of squared ones. A share of 1 is the lasso.
   */
  | { kind: 'absolutes'; strength: number; absoluteShare: number }

export interface LinearParameters {
  penalty: LinearPenalty
}
