/** The loss that boosting lowers, on the rows of one part; a row's score is the sum of its leaf values. */
export interface Loss {
  /** What `mean` is, for the training curve. */
  metric: string
  totalWeight: number
  /** The constant prediction that fits best: what trees are added to. */
  bestConstant(): number
  /** The weighted mean loss, as the metric says it, when a row is predicted as `base` plus its score. */
  mean(base: number, scores: Float32Array): number
  /**
   * Writes first and second derivative of each row's loss side by side, rounded so that sums are exact, and returns
   * what `mean` does.
   */
  differentiate(base: number, scores: Float32Array, derivatives: Float64Array): number
}
