import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import type { Transform } from '../transform.ts'

type Params = Extract<TransformParams<'encode'>, { method: 'hashing' }>

/**
 * A text becomes 1 in the element that its hash falls into, |MurmurHash3 (x86, 32 bits, seed 0) of its UTF-8 bytes|
 * modulo their number: as scikit-learn's FeatureHasher without alternating signs. Null is all zeros.
 */
export function hashingTransform({ columns, buckets }: Params): Transform<null> {
  return {
    fit: null,
    elementsOf: (column) => Array.from({ length: buckets }, (_, index) => `${column}#${index}`),
    emit(graph) {
      const names = columns.filter((name) => graph.isWanted(name))
      const hits = graph.separate(names).map((value) => bucketHits(graph.builder, value, buckets))
      const joined = hits.length === 1 ? hits[0]! : graph.builder.node('Concat', hits, { axis: { i: 1 } })
      graph.put(
        names,
        graph.builder.node('Cast', [joined], { to: { i: elementCodes.float32 } }),
        names.map(() => buckets),
      )
    },
  }
}

function bucketHits(builder: GraphBuilder, texts: Value, buckets: number): Value {
  const hash = builder.node('ms.MurmurHash3', [texts], { seed: { i: 0 }, positive: { i: 0 } })
  builder.declare(hash, { type: 'int32', width: 1 })
  const size = builder.node('Abs', [builder.node('Cast', [hash], { to: { i: elementCodes.float64 } })])
  const number = (value: number) => builder.constant(tensor('float64', [1, 1], [value]))
  const whole = builder.node('Floor', [builder.node('Div', [size, number(buckets)])])
  const bucket = builder.node('Sub', [size, builder.node('Mul', [whole, number(buckets)])])
  const isNull = builder.node('Equal', [texts, builder.constant(tensor('string', [1], ['']))])
  const known = builder.node('Where', [isNull, number(-1), bucket])
  const positions = Array.from({ length: buckets }, (_, index) => index)
  return builder.node('Equal', [known, builder.constant(tensor('float64', [1, buckets], positions))])
}
