import type { Tree } from '../histogram-trees/tree.ts'

/** What a score, with its base, means. */
export type Link =
  /** The value itself, in float64. */
  | 'identity'
  /** The logarithm of the value, in float64. */
  | 'log'
  /** The log-odds of the second class, in float32. */
  | 'logit'
  /** One a class, in float32: probabilities are their softmax. */
  | 'softmax'

/** A row's scores are float32 sums of leaf values, tree by tree, each tree adding to one of the outputs. */
export interface TreesModel {
  link: Link
  features: number
  /** One an output: what its score is added to. */
  bases: readonly number[]
  trees: readonly BoostedTree[]
  /** Features whose values are codes of categories. */
  categorical?: readonly number[]
}

export interface BoostedTree extends Tree {
  output: number
}
