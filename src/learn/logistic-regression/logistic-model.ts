/** The linear function of logistic regression: outputs = coefficients · features + intercepts. */
export interface LogisticModel {
  task: 'binary' | 'multiclass'
  classes: number
  features: number
  /** Row-major, features × outputs: one output for two classes (log-odds of the second), else one a class. */
  coefficients: Float64Array
  intercepts: Float64Array
  converged: boolean
  iterations: number
}
