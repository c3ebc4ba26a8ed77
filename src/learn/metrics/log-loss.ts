import { weightedMean, type ProbableRows } from './measured-rows.ts'
import { meanOrNone, type MetricValue } from './metric-value.ts'

/**
 * The mean of −log of the probability given to the true class. Probabilities are kept away from 0 and 1 by float64's
 * epsilon and then made to sum to 1, as scikit-learn 1.2 does.
 */
export function logLoss(rows: ProbableRows): MetricValue {
  return meanOrNone(weightedMean(rows.actual.length, rows.weights, (row) => logLossOf(rows, row)))
}

/** That of one row. */
export function logLossOf({ classes, actual, probabilities }: ProbableRows, row: number): number {
  let sum = 0
  for (let code = 0; code < classes; code++) sum += clip(probabilities[row * classes + code]!)
  return -Math.log(clip(probabilities[row * classes + actual[row]!]!) / sum)
}

function clip(probability: number): number {
  return Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON)
}
