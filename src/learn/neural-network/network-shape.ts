import type { Activation, NetworkParameters } from './network-parameters.ts'

/** A matrix among the weights: where it begins in the one array of them all, and its size. */
export interface WeightBlock {
  name: string
  at: number
  rows: number
  columns: number
  /** Of AdamW: biases, scales and shifts do not decay. */
  decays: boolean
}

export interface ShapedLayer {
  inputs: number
  outputs: number
  activation: Activation | 'none'
  weights: WeightBlock
  /** One row; with batch normalization the shift. */
  biases: WeightBlock
  /** One row, of a layer with batch normalization. */
  scales: WeightBlock | null
}

/** A feature whose codes stand for rows of a table; they come behind the other inputs of the first layer. */
export interface ShapedEmbedding {
  feature: number
  /** Codes 0 … `codes` − 1 were there to learn from; the row behind them is that of all others. */
  codes: number
  table: WeightBlock
}

/** What is learned, and where it stands. */
export interface NetworkShape {
  features: number
  /** Of the first layer: features, with the numbers of its table for each embedded one. */
  inputs: number
  embeddings: readonly ShapedEmbedding[]
  outputs: number
  head: 'sigmoid' | 'softmax' | 'identity'
  layers: readonly ShapedLayer[]
  /** Float32 numbers in all. */
  size: number
  hasDropout: boolean
}

export function shapeOf(
  features: number,
  { outputs, head }: Pick<NetworkShape, 'outputs' | 'head'>,
  parameters: NetworkParameters,
  embedded: readonly { feature: number; size: number; codes: number }[] = [],
): NetworkShape {
  const { hiddenLayers, activation, batchNormalization, dropout } = parameters
  let size = 0
  const block = (name: string, rows: number, columns: number, decays: boolean): WeightBlock => {
    const at = size
    size += rows * columns
    return { name, at, rows, columns, decays }
  }
  const inputs = embedded.reduce((sum, { size }) => sum + size - 1, features)
  const widths = [inputs, ...hiddenLayers, outputs]
  const layers = widths.slice(1).map((width, index): ShapedLayer => {
    const widthBefore = widths[index]!
    const isHidden = index < hiddenLayers.length
    return {
      inputs: widthBefore,
      outputs: width,
      activation: isHidden ? activation : 'none',
      weights: block(`weights${index}`, widthBefore, width, true),
      biases: block(`biases${index}`, 1, width, false),
      scales: isHidden && batchNormalization ? block(`scales${index}`, 1, width, false) : null,
    }
  })
  const embeddings = embedded.map(({ feature, size, codes }, index) => ({
    feature,
    codes,
    table: block(`embedding${index}`, codes + 1, size, true),
  }))
  return { features, inputs, embeddings, outputs, head, layers, size, hasDropout: dropout > 0 }
}

/** What the graph of the gradients is given. */
export const blocksOf = ({ layers }: NetworkShape): WeightBlock[] =>
  layers.flatMap(({ weights, biases, scales }) => [weights, biases, ...(scales ? [scales] : [])])

/** All that is learned. */
export const learnedBlocks = (shape: NetworkShape): WeightBlock[] => [
  ...blocksOf(shape),
  ...shape.embeddings.map(({ table }) => table),
]

export const viewOf = (all: Float32Array, { at, rows, columns }: WeightBlock): Float32Array =>
  all.subarray(at, at + rows * columns)
