import type { BinLayout } from './bin-layout.ts'
import {
  bestLeafValue,
  clampTo,
  scoreOfValue,
  type LeafSums,
  type Penalties,
  type ValueBounds,
} from './leaf-sums.ts'
import type { SplitCandidate } from './split-candidate.ts'

export interface SplitRules extends Penalties {
  minimumRowsInLeaf: number
  minimumHessianInLeaf: number
  minimumGain: number
}

/** How a place may be split. */
export interface PlaceRules {
  isCategory: boolean
  /** +1: answers may not fall as the value grows; −1: not grow; 0: free. */
  direction: -1 | 0 | 1
}

/** A leaf's histogram as its numbers of 32 bits: of each bin the hessian (no sign), then the gradient. */
export interface LeafHistogram {
  words: Int32Array
  /** Where it begins among the words. */
  at: number
}

export interface SplitSearch {
  histogram: LeafHistogram
  layout: BinLayout
  places: { begin: number; end: number; wanted: Uint8Array; rules: readonly PlaceRules[] }
  rules: SplitRules
  /** What a unit of the packed sums is worth. */
  units: LeafSums
  /** Rows of each bin, as a histogram of ones; `hessian` where a hessian unit is a row, null where rows do not matter. */
  rows: LeafHistogram | 'hessian' | null
  leaf: SearchedLeaf
  /** Scans all cuts of a feature at once, where the leaf’s values are free and rows do not matter. */
  quickScan: QuickScan
}

/** The best cuts among bins from one address of the histogram to another, by where missing values go. */
export type QuickScan = (bins: number, end: number) => Readonly<Record<'right' | 'left', QuickCut>>

/** `last` is the address of the last bin that goes left; the score is −∞ where no cut is allowed. */
export interface QuickCut {
  score: number
  last: number
}

/** What is known of a leaf before its split is searched. */
export interface SearchedLeaf {
  /** In units. */
  sums: LeafSums
  rows: number
  bounds: ValueBounds
}

/** A search while it goes on. */
export interface Scan extends SplitSearch {
  best: SplitCandidate
}

export const inUnits = (sums: LeafSums, units: LeafSums): LeafSums => ({
  gradient: sums.gradient * units.gradient,
  hessian: sums.hessian * units.hessian,
})

/** The score of two leaves whose values keep the bounds, and the direction of the feature; −∞ where they cannot. */
export function boundedScore(
  { rules, leaf: { bounds }, places }: Pick<Scan, 'rules' | 'leaf' | 'places'>,
  place: number,
  [left, right]: readonly [LeafSums, LeafSums],
): number {
  const leftValue = clampTo(bestLeafValue(left, rules), bounds)
  const rightValue = clampTo(bestLeafValue(right, rules), bounds)
  if ((rightValue - leftValue) * places.rules[place]!.direction < 0) return -Infinity
  return scoreOfValue(leftValue, left, rules) + scoreOfValue(rightValue, right, rules)
}
