/** Functions between layers, all with kernels that round every row alike. */
export const activations = ['relu', 'leaky-relu', 'tanh', 'sigmoid'] as const
export type Activation = (typeof activations)[number]

/** What computes derivatives in training; the model is the same graph either way. */
export const engines = ['onnx', 'tensorflow'] as const
export type Engine = (typeof engines)[number]

export interface NetworkParameters {
  /** Our own graph of the gradients, run by ONNX Runtime, unless said otherwise. */
  engine?: Engine
  /** Units of each hidden layer, from the features on. */
  hiddenLayers: readonly number[]
  activation: Activation
  /** Features that are codes of categories, 0 and up: each code becomes `size` numbers that are learned. */
  embeddings?: readonly { column: string; size: number }[]
  /** Each unit of a hidden layer is left out of a step with this probability: 0 … below 1. */
  dropout: number
  /** Whether the sums that a hidden layer forms are normalized before its activation. */
  batchNormalization: boolean
  /** Of AdamW: how much of itself a weight loses in a step of rate 1. */
  weightDecay: number
  learningRate: number
  /** `cosine`: falls from the learning rate to 0 along half a cosine over all epochs. */
  schedule: 'constant' | 'cosine'
  /** Rows of a step. */
  batchRows: number
  /** The most passes over the train rows. */
  epochs: number
  /** Stops after so many epochs without a lower validation loss; the best weights are kept in any case. */
  patience: number
}
