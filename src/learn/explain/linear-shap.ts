import type { MatrixChunk } from '../learner.ts'

/**
 * Shapley values of a linear function against the means of the train rows (interventional): coefficient × (value − mean),
 * row-major rows × features. `base` is the score of the mean row.
 */
export function linearShap(
  { coefficients, intercept, means }: { coefficients: Float64Array; intercept: number; means: Float64Array },
  { rows, data }: MatrixChunk,
): { base: number; contributions: Float64Array } {
  const width = coefficients.length
  const contributions = new Float64Array(rows * width)
  for (let at = 0; at < contributions.length; at++) {
    const feature = at % width
    contributions[at] = coefficients[feature]! * (data[at]! - means[feature]!)
  }
  const base = coefficients.reduce((sum, value, feature) => sum + value * means[feature]!, intercept)
  return { base, contributions }
}
