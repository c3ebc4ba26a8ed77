import type { DesignBlock, DesignLayout } from '../linear-design/design-matrix.ts'
import { linearSums } from '../linear-design/linear-sums.ts'
import { highestLogarithm } from './poisson-model.ts'

/** A block of rows with the count and weight of each. */
export interface CountedBlock extends DesignBlock {
  counts: Float64Array
  weights: Float64Array | null
}

/** The logarithm of each row’s mean. */
export function logarithmsOf(
  block: CountedBlock,
  layout: DesignLayout,
  coefficients: Float64Array,
): Float64Array {
  return linearSums(block, layout, coefficients).map((sum) => Math.min(sum, highestLogarithm))
}

/** Adds the gradient of Σ weight × (mean − count × log mean) over a block to `gradient`, and gives the sum. */
export function poissonLoss(
  block: CountedBlock,
  {
    layout,
    coefficients,
    gradient,
  }: { layout: DesignLayout; coefficients: Float64Array; gradient: Float64Array },
): number {
  const { rows, dense, starts, sparseFeatures, sparseValues, counts, weights } = block
  const width = layout.dense.length
  const last = coefficients.length - 1
  const logarithms = logarithmsOf(block, layout, coefficients)
  let loss = 0
  for (let row = 0; row < rows; row++) {
    const weight = weights ? weights[row]! : 1
    const mean = Math.exp(logarithms[row]!)
    const residual = weight * (mean - counts[row]!)
    loss += weight * (mean - counts[row]! * logarithms[row]!)
    for (let at = 0; at < width; at++) {
      const feature = layout.dense[at]!
      gradient[feature] = gradient[feature]! + residual * dense[row * width + at]!
    }
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const feature = sparseFeatures[at]!
      gradient[feature] = gradient[feature]! + residual * sparseValues[at]!
    }
    gradient[last] = gradient[last]! + residual
  }
  return loss
}

/** The mean Poisson deviance: 2 (count × log (count / mean) − count + mean), weighted. */
export function meanDeviance(
  blocks: readonly CountedBlock[],
  layout: DesignLayout,
  coefficients: Float64Array,
): number {
  let [sum, total] = [0, 0]
  for (const block of blocks) {
    const logarithms = logarithmsOf(block, layout, coefficients)
    for (let row = 0; row < block.rows; row++) {
      const weight = block.weights ? block.weights[row]! : 1
      const count = block.counts[row]!
      const surprise = count === 0 ? 0 : count * (Math.log(count) - logarithms[row]!)
      sum += 2 * weight * (surprise - count + Math.exp(logarithms[row]!))
      total += weight
    }
  }
  return sum / total
}
