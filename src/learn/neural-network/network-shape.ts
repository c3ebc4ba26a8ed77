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

/** What is learned, and where it stands. */
export interface NetworkShape {
  features: number
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
  { hiddenLayers, activation, batchNormalization, dropout }: NetworkParameters,
): NetworkShape {
  let size = 0
  const block = (name: string, rows: number, columns: number, decays: boolean): WeightBlock => {
    const at = size
    size += rows * columns
    return { name, at, rows, columns, decays }
  }
  const widths = [features, ...hiddenLayers, outputs]
  const layers = widths.slice(1).map((width, index): ShapedLayer => {
    const inputs = widths[index]!
    const isHidden = index < hiddenLayers.length
    return {
      inputs,
      outputs: width,
      activation: isHidden ? activation : 'none',
      weights: block(`weights${index}`, inputs, width, true),
      biases: block(`biases${index}`, 1, width, false),
      scales: isHidden && batchNormalization ? block(`scales${index}`, 1, width, false) : null,
    }
  })
  return { features, outputs, head, layers, size, hasDropout: dropout > 0 }
}

export const blocksOf = ({ layers }: NetworkShape): WeightBlock[] =>
  layers.flatMap(({ weights, biases, scales }) => [weights, biases, ...(scales ? [scales] : [])])

export const viewOf = (all: Float32Array, { at, rows, columns }: WeightBlock): Float32Array =>
  all.subarray(at, at + rows * columns)
