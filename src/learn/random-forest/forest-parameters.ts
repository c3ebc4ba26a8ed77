export interface ForestParameters {
  trees: number
  /** `best`: the best of all cuts (Breiman 2001). `random`: the best of one random cut a feature (Geurts 2006). */
  splits: 'best' | 'random'
  /** Each tree is grown on rows drawn with replacement, as many as there are; else on all. */
  bootstrap: boolean
  /** The share of features, drawn anew, that each split may use; the square root of their number when absent. */
  columnShare?: number | undefined
  /** The most splits between root and leaf; no limit when absent. */
  depth?: number | undefined
  minimumRowsInLeaf: number
  /** The most bins a feature's values are put into: 2 … 255. */
  bins: number
}
