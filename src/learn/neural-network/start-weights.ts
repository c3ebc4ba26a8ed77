import { createRandom } from '../../tables/random.ts'
import { viewOf, type NetworkShape, type ShapedLayer } from './network-shape.ts'

/** Small against standardized features, so that what is learned of a code outweighs where it began. */
const embeddingBound = 0.1

/**
 * Weights evenly between bounds that keep the spread of a layer’s sums that of its inputs: of He, Zhang, Ren and Sun (2015)
 * before a rectifier, of Glorot and Bengio (2010) elsewhere. Biases begin at 0, scales at 1.
 */
export function startWeights(weights: Float32Array, shape: NetworkShape, seed: number): void {
  for (const [index, layer] of shape.layers.entries()) {
    const random = createRandom(seed, `weights ${index}`)
    const bound = boundOf(layer)
    const own = viewOf(weights, layer.weights)
    for (let at = 0; at < own.length; at++) own[at] = (2 * random.unit() - 1) * bound
    viewOf(weights, layer.biases).fill(0)
    if (layer.scales) viewOf(weights, layer.scales).fill(1)
  }
  for (const [index, { table }] of shape.embeddings.entries()) {
    const random = createRandom(seed, `embedding ${index}`)
    const own = viewOf(weights, table)
    // The last row, of unknown codes, stays where no code pulls.
    for (let at = 0; at < own.length - table.columns; at++) own[at] = (2 * random.unit() - 1) * embeddingBound
    own.fill(0, own.length - table.columns)
  }
}

function boundOf({ inputs, outputs, activation }: ShapedLayer): number {
  const isRectified = activation === 'relu' || activation === 'leaky-relu'
  return Math.sqrt(6 / (isRectified ? inputs : inputs + outputs))
}
