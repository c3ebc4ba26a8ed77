import type { StandardErrors } from '../linear-design/wald-errors.ts'

/** The linear function of logistic regression: outputs = coefficients · features + intercepts. */
export interface LogisticModel {
  task: 'binary' | 'multiclass'
  classes: number
  features: number
  /** Row-major, features × outputs: one output for two classes (log-odds of the second), else one a class. */
  coefficients: Float64Array
  intercepts: Float64Array
  /** Of two classes without a penalty, where the rows can tell. */
  standardErrors: StandardErrors | null
  converged: boolean
  iterations: number
}
