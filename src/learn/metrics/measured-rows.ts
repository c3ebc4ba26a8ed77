import { sumInBlocks } from '../sum-in-blocks.ts'

/** Class codes 0 … classes − 1, true and answered. All rows weigh 1 where no weights are given. */
export interface ClassifiedRows {
  classes: number
  actual: Uint16Array
  predicted: Uint16Array
  weights?: Float64Array | undefined
}

/** Rows of two classes: 1 where a row is of the positive one, and the probability it was given. */
export interface ScoredRows {
  positive: Uint8Array
  scores: Float32Array
  weights?: Float64Array | undefined
}

/** Probabilities row-major, rows × classes. */
export interface ProbableRows {
  classes: number
  actual: Uint16Array
  probabilities: Float32Array
  weights?: Float64Array | undefined
}

/** True and predicted numbers. */
export interface EstimatedRows {
  actual: Float64Array
  predicted: Float64Array
  weights?: Float64Array | undefined
}

export function totalWeight(rows: number, weights: Float64Array | undefined): number {
  return weights ? sumInBlocks(rows, (row) => weights[row]!) : rows
}

/** The weighted mean of a term a row; null where no row has weight. */
export function weightedMean(
  rows: number,
  weights: Float64Array | undefined,
  term: (row: number) => number,
): number | null {
  const total = totalWeight(rows, weights)
  if (total === 0) return null
  const sum = weights ? sumInBlocks(rows, (row) => weights[row]! * term(row)) : sumInBlocks(rows, term)
  return sum / total
}
