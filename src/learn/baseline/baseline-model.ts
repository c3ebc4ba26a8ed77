/** The same answer for every row. */
export type BaselineModel =
  | { task: 'regression'; features: number; value: number }
  /** One probability a class. */
  | { task: 'binary' | 'multiclass'; features: number; probabilities: Float32Array }

export interface BaselineParameters {
  /** `prior`: the shares of the classes among the train rows; `most-frequent`: the largest of them, without doubt. */
  classAnswer: 'prior' | 'most-frequent'
  numberAnswer: 'mean' | 'median' | 'constant'
  /** What is answered where `numberAnswer` is `constant`. */
  constant: number
}
