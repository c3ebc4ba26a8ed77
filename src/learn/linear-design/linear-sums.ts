import type { DesignBlock, DesignLayout } from './design-matrix.ts'

/** The linear function of each row of a block: coefficients of the features, then the intercept. */
export function linearSums(
  block: DesignBlock,
  layout: DesignLayout,
  coefficients: Float64Array,
): Float64Array {
  const { rows, dense, starts, sparseFeatures, sparseValues } = block
  const width = layout.dense.length
  const own = Float64Array.from(layout.dense, (feature) => coefficients[feature]!)
  const sums = new Float64Array(rows).fill(coefficients.at(-1)!)
  for (let row = 0; row < rows; row++) {
    let sum = sums[row]!
    for (let at = 0; at < width; at++) sum += own[at]! * dense[row * width + at]!
    for (let at = starts[row]!; at < starts[row + 1]!; at++)
      sum += coefficients[sparseFeatures[at]!]! * sparseValues[at]!
    sums[row] = sum
  }
  return sums
}
