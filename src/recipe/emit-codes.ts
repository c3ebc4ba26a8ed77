import type { Value } from '../onnx/graph-builder.ts'
import { tensor } from '../onnx/tensor.ts'
import type { Category } from './accumulators/category-counts.ts'
import type { StepGraph } from './step-graph.ts'

/** A number, float64 [N, 1], for each value of a column: those of the list, null, and all others. */
export function emitCodes(
  { builder }: StepGraph,
  column: Value,
  mapping: {
    codes: readonly (readonly [category: Category, code: number])[]
    nulls: number
    others: number
  },
): Value {
  const isText = builder.typeOf(column).type === 'string'
  const entries: readonly (readonly [Category, number])[] = [
    ...mapping.codes,
    [isText ? '' : Number.NaN, mapping.nulls],
  ]
  const keys = entries.map(([category]) => category)
  const codes = entries.map(([, code]) => code)
  const value = builder.node('ml.LabelEncoder', [column], {
    keys_tensor: {
      t: isText
        ? tensor('string', [keys.length], keys.map(String))
        : tensor('float64', [keys.length], keys.map(Number)),
    },
    values_tensor: { t: tensor('float64', [codes.length], codes) },
    default_tensor: { t: tensor('float64', [1], [mapping.others]) },
  })
  return builder.declare(value, { type: 'float64', width: 1 })
}
