import type { DriftMethod } from '../core/drift-methods.ts'

/** Numbers with no more values than this are counted by value, as categories are. */
export const fewValues = 5

const fewRows = 1000

/**
 * The method for a column that has none of its own, as Evidently chooses it: up to 1 000 reference rows (those without a
 * value among them) a test (numbers: Kolmogorov–Smirnov; categories, and numbers with at most five values: chi-square, or
 * two proportions where there are two), beyond that a distance (numbers: Wasserstein in standard deviations; else
 * Jensen–Shannon). `distinct` counts the values over both samples.
 */
export function chooseDriftMethod(column: {
  isText: boolean
  distinct: number
  referenceRows: number
}): DriftMethod {
  const { isText, distinct, referenceRows } = column
  const isCounted = isText || distinct <= fewValues
  if (referenceRows > fewRows) return isCounted ? 'jensen-shannon' : 'wasserstein'
  if (!isCounted) return 'kolmogorov-smirnov'
  return distinct <= 2 ? 'two-proportions' : 'chi-square'
}
