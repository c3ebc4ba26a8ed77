import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import { tensor } from '../onnx/tensor.ts'

/** Of each column, in order; null where there is none. */
export type Bounds = [lower: number | null, upper: number | null]

/** Lower and upper bounds as two rows for columns that lie side by side. */
export function boundRows(builder: GraphBuilder, bounds: readonly Bounds[]): { lower: Value; upper: Value } {
  const row = (values: number[]) => builder.constant(tensor('float64', [1, values.length], values))
  return {
    lower: row(bounds.map(([lower]) => lower ?? Number.NEGATIVE_INFINITY)),
    upper: row(bounds.map(([, upper]) => upper ?? Number.POSITIVE_INFINITY)),
  }
}

/** Numbers beyond a bound become the bound; NaN stays. `values` is float64 [N, columns]. */
export function emitClipped(builder: GraphBuilder, values: Value, bounds: readonly Bounds[]): Value {
  const { lower, upper } = boundRows(builder, bounds)
  const raised = builder.node('Where', [builder.node('Less', [values, lower]), lower, values])
  return builder.node('Where', [builder.node('Greater', [raised, upper]), upper, raised])
}
