import { varianceFloor } from './gradient-graph.ts'
import type { NetworkEmbedding, NetworkLayer } from './network-model.ts'
import { viewOf, type NetworkShape, type ShapedLayer } from './network-shape.ts'

/** Means and variances of a layer’s sums, for the rows to come: running means over the batches. */
export interface LayerStatistics {
  means: Float64Array
  variances: Float64Array
}

/** Layers as they answer: what batch normalization does to a sum goes into weights and biases. */
export function foldWeights(
  shape: NetworkShape,
  weights: Float32Array,
  statistics: readonly (LayerStatistics | null)[],
): NetworkLayer[] {
  return shape.layers.map((layer, index) => {
    const own = viewOf(weights, layer.weights)
    const biases = viewOf(weights, layer.biases)
    const { inputs, outputs, activation } = layer
    const normalized = statistics[index]
    if (!layer.scales || !normalized)
      return {
        inputs,
        outputs,
        activation,
        weights: Float32Array.from(own),
        biases: Float32Array.from(biases),
      }
    const factors = factorsOf(layer, weights, normalized)
    return {
      inputs,
      outputs,
      activation,
      weights: Float32Array.from(own, (weight, at) => weight * factors[at % outputs]!),
      biases: Float32Array.from(
        biases,
        (bias, output) => bias - normalized.means[output]! * factors[output]!,
      ),
    }
  })
}

export function embeddingsOf({ embeddings }: NetworkShape, weights: Float32Array): NetworkEmbedding[] {
  return embeddings.map(({ feature, codes, table }) => ({
    feature,
    codes,
    size: table.columns,
    table: Float32Array.from(viewOf(weights, table)),
  }))
}

function factorsOf(
  { scales, outputs }: ShapedLayer,
  weights: Float32Array,
  { variances }: LayerStatistics,
): Float64Array {
  const own = viewOf(weights, scales!)
  return Float64Array.from(
    { length: outputs },
    (_, output) => own[output]! / Math.sqrt(variances[output]! + varianceFloor),
  )
}
