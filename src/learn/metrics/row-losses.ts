import { logLossOf } from './log-loss.ts'
import type { EstimatedRows, ProbableRows } from './measured-rows.ts'

/** What each row adds to the log loss. */
export function logLosses(rows: ProbableRows): Float64Array {
  return Float64Array.from(rows.actual, (_, row) => logLossOf(rows, row))
}

/** What each row adds to the mean squared error. */
export function squaredErrors({ actual, predicted }: EstimatedRows): Float64Array {
  return actual.map((value, row) => (predicted[row]! - value) ** 2)
}
