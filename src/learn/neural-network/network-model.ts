import type { Activation } from './network-parameters.ts'

/** outputs = activation(inputs × weights + biases). */
export interface NetworkLayer {
  inputs: number
  outputs: number
  /** Row-major, inputs × outputs. */
  weights: Float32Array
  biases: Float32Array
  activation: Activation | 'none'
}

/** The numbers of each code of a feature, row-major; the last row is that of codes that were not there to learn from. */
export interface NetworkEmbedding {
  feature: number
  codes: number
  size: number
  table: Float32Array
}

/** The function of a trained network: standardized features, then layer after layer. */
export interface NetworkModel {
  task: 'binary' | 'multiclass' | 'regression'
  /** 0 for regression. */
  classes: number
  features: number
  /** A feature minus its mean, times its factor: 1 / its deviation, 0 where it is constant. */
  means: Float32Array
  factors: Float32Array
  /** Embedded features come behind the others, in this order, with the numbers of their codes. */
  embeddings: readonly NetworkEmbedding[]
  /** The last one gives the log-odds of the second class, one score a class, or the standardized value. */
  layers: readonly NetworkLayer[]
  /** Regression: what turns the last layer’s output into a value. */
  target: { mean: number; deviation: number }
  /** Passes over the train rows until the weights that are kept, and in all. */
  epochs: { kept: number; done: number }
}
