export interface BoostingParameters {
  /** The most trees that are grown. */
  trees: number
  /** Every leaf value is multiplied by this. */
  learningRate: number
  /** The most leaves a tree may have. */
  leaves: number
  /** The most splits between root and leaf; no limit when absent. */
  depth?: number | undefined
  minimumRowsInLeaf: number
  /** A split must lower the (second-order) loss, times two, by more than this. */
  minimumGain: number
  /** L1 and L2 penalties on leaf values. */
  l1: number
  l2: number
  /** The most bins a feature's values are put into: 2 … 255; missing values have one of their own. */
  bins: number
  /** The share of train rows, and of features, that each tree is grown on: in (0, 1]. */
  rowShare: number
  columnShare: number
  /**
   * Stop when the loss on validation rows has not improved for so many trees, and keep the best number of trees. 0, or
   * no validation rows: grow all trees.
   */
  earlyStoppingRounds: number
}
