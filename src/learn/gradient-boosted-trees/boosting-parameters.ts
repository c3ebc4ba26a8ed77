export interface BoostingParameters {
  /** The most trees that are grown; one a round. */
  trees: number
  /** Every leaf value is multiplied by this. */
  learningRate: number
  /** The most leaves a tree may have. */
  leaves: number
  /** The most splits between root and leaf, or null for no limit. */
  depth: number | null
  minRowsInLeaf: number
  /** A split must lower the (second-order) loss, times two, by more than this. */
  minGain: number
  /** L1 and L2 penalties on leaf values. */
  l1: number
  l2: number
  /** The most bins a feature's values are put into: 2 … 255; missing values have one of their own. */
  bins: number
  /** The share of train rows, and of features, that each tree is grown on: in (0, 1]. */
  rowShare: number
  columnShare: number
  /**
   * Stop when the loss on validation rows has not improved for so many rounds, and keep the best round's trees.
   * Null, or no validation rows: grow all trees.
   */
  earlyStoppingRounds: number | null
}
