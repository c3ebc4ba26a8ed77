import { roundingConstant } from './exact-sums.ts'
import type { Loss } from './loss.ts'
import { sumInBlocks } from '../sum-in-blocks.ts'

/** Half the squared error of a numeric target, told as its root mean square. */
export function squaredErrorLoss(options: { values: Float64Array; weights: Float64Array | null }): Loss {
  const { values, weights } = options
  const rows = values.length
  const weightOf = (row: number): number => (weights ? weights[row]! : 1)
  const totalWeight = sumInBlocks(rows, weightOf)

  const mean = (base: number, scores: Float32Array): number => {
    const sum = sumInBlocks(rows, (row) => weightOf(row) * (base + scores[row]! - values[row]!) ** 2)
    return Math.sqrt(sum / totalWeight)
  }
  return {
    metric: 'rmse',
    totalWeight,
    mean,
    bestConstant: () => sumInBlocks(rows, (row) => weightOf(row) * values[row]!) / totalWeight,
    differentiate(base, scores, derivatives) {
      let largestGradient = 0
      let largestWeight = 0
      for (let row = 0; row < rows; row++) {
        const weight = weightOf(row)
        const gradient = weight * (base + scores[row]! - values[row]!)
        derivatives[2 * row] = gradient
        derivatives[2 * row + 1] = weight
        largestGradient = Math.max(largestGradient, Math.abs(gradient))
        largestWeight = Math.max(largestWeight, weight)
      }
      const toGradientGrid = roundingConstant({ largest: largestGradient, count: rows })
      const toWeightGrid = roundingConstant({ largest: largestWeight, count: rows })
      for (let row = 0; row < rows; row++) {
        derivatives[2 * row] = derivatives[2 * row]! + toGradientGrid - toGradientGrid
        derivatives[2 * row + 1] = derivatives[2 * row + 1]! + toWeightGrid - toWeightGrid
      }
      return mean(base, scores)
    },
  }
}
