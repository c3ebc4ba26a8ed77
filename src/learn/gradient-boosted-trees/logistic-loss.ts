import { sumInBlocks } from '../sum-in-blocks.ts'
import { roundingConstant } from './exact-sums.ts'
import type { Loss } from './loss.ts'

/** Keeps the log-odds finite where weights leave one class without any. */
const leastShare = 1e-9

/** Log loss of a binary target (codes 0 and 1) when scores are log-odds. */
export function logisticLoss(options: { codes: Uint16Array; weights: Float64Array | null }): Loss {
  const { codes, weights } = options
  const rows = codes.length
  const weightOf = (row: number): number => (weights ? weights[row]! : 1)
  const totalWeight = sumInBlocks(rows, weightOf)
  const largest = weights ? weights.reduce((most, weight) => Math.max(most, weight), 0) : 1
  const toGrid = roundingConstant({ largest, count: rows })
  return {
    metric: 'log_loss',
    totalWeight,
    bestConstant() {
      const positive = sumInBlocks(rows, (row) => weightOf(row) * codes[row]!) / totalWeight
      const share = Math.min(Math.max(positive, leastShare), 1 - leastShare)
      return Math.fround(Math.log(share / (1 - share)))
    },
    mean(base, scores) {
      const sum = sumInBlocks(rows, (row) => {
        const margin = base + scores[row]!
        return weightOf(row) * logLoss(codes[row]!, margin, Math.exp(-Math.abs(margin)))
      })
      return sum / totalWeight
    },
    differentiate(base, scores, derivatives) {
      const sum = sumInBlocks(rows, (row) => {
        const weight = weightOf(row)
        const margin = base + scores[row]!
        const exponential = Math.exp(-Math.abs(margin))
        const probability = (margin >= 0 ? 1 : exponential) / (1 + exponential)
        const hessian = exponential / ((1 + exponential) * (1 + exponential))
        derivatives[2 * row] = weight * (probability - codes[row]!) + toGrid - toGrid
        derivatives[2 * row + 1] = weight * hessian + toGrid - toGrid
        return weight * logLoss(codes[row]!, margin, exponential)
      })
      return sum / totalWeight
    },
  }
}

/** −log P(code) from the log-odds of code 1 and e^−|log-odds|, exact on either side. */
function logLoss(code: number, margin: number, exponential: number): number {
  const wrong = code === 1 ? -margin : margin
  return Math.log1p(exponential) + (wrong > 0 ? wrong : 0)
}
