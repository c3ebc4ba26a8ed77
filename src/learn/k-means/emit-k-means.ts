import { clusterOutput, distancesOutput } from '../../core/answer-names.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import type { KMeansModel } from './k-means-model.ts'

/** What a cluster is called. */
export const clusterName = (cluster: number): string => String(cluster + 1)

/**
 * Appends the model to a graph: from float32 [N, features] to the name of the nearest cluster, a text [N, 1], and to
 * float64 [N, clusters] distances. A row with a missing value is in no cluster: ''.
 */
export function emitKMeans(
  builder: GraphBuilder,
  matrix: Value,
  { features, clusters, centers }: KMeansModel,
): Record<string, Value> {
  const wide = builder.node('Cast', [matrix], { to: { i: elementCodes.float64 } })
  const ones = builder.constant(tensor('float64', [features, 1], new Float64Array(features).fill(1)))
  const squared = Array.from({ length: clusters }, (_, cluster) => {
    const center = builder.constant(
      tensor('float64', [1, features], centers.slice(cluster * features, (cluster + 1) * features)),
    )
    const difference = builder.node('Sub', [wide, center])
    return builder.node('Gemm', [builder.node('Mul', [difference, difference]), ones])
  })
  const all = builder.declare(builder.node('Concat', squared, { axis: { i: 1 } }), {
    type: 'float64',
    width: clusters,
  })
  const distances = builder.declare(builder.node('Sqrt', [all]), { type: 'float64', width: clusters })
  const code = builder.node('ArgMin', [all], { axis: { i: 1 }, keepdims: { i: 1 } })
  const names = Array.from({ length: clusters }, (_, cluster) => clusterName(cluster))
  const nearest = builder.node('Gather', [builder.constant(tensor('string', [clusters], names)), code], {
    axis: { i: 0 },
  })
  const isMissing = builder.node('IsNaN', [squared[0]!])
  const none = builder.constant(tensor('string', [1, 1], ['']))
  const cluster = builder.node('Where', [isMissing, none, nearest])
  return {
    [clusterOutput]: builder.declare(cluster, { type: 'string', width: 1 }),
    [distancesOutput]: distances,
  }
}
