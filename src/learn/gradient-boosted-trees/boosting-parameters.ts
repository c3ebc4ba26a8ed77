/** What is lowered for amounts; classes have their log loss. */
export type RegressionLoss = 'squared' | 'absolute' | 'quantile' | 'poisson'

export interface BoostingParameters {
  /** For amounts; squared when absent. */
  loss?: RegressionLoss
  /** Quantile loss: the share of rows that should lie below the answer. */
  quantile?: number
  /** The most trees that are grown, or rounds of one tree a class. */
  trees: number
  /** Every leaf value is multiplied by this. */
  learningRate: number
  /** The most leaves a tree may have. */
  leaves: number
  /** The most splits between root and leaf; no limit when absent. */
  depth?: number | undefined
  minimumRowsInLeaf: number
  /** The least sum of second derivatives in a leaf; for squared loss, of weights. */
  minimumHessianInLeaf?: number
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
  /** Features whose values are codes of categories, by name. */
  categorical?: readonly string[]
  /** Features with which answers may only rise, or only fall; not for several classes. */
  increasing?: readonly string[]
  decreasing?: readonly string[]
  /**
   * Stop when the loss on validation rows has not improved for so many rounds, and keep the best number of them. 0, or
   * no validation rows: grow all trees.
   */
  earlyStoppingRounds: number
  /** What importances are: the share of the gain, or of the splits. */
  importance?: 'gain' | 'splits'
}
