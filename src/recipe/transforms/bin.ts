import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { CollectedValues } from '../accumulators/collected-values.ts'
import { quantileOf } from '../accumulators/quantile.ts'
import { RangeAccumulator } from '../accumulators/range.ts'
import { recipeError } from '../errors.ts'
import { numberFit } from '../number-fit.ts'
import type { Transform } from '../transform.ts'

type Params = TransformParams<'bin'>

/** The edges between the bins of each column, in order. */
type BinState = number[][]

/**
 * As scikit-learn's KBinsDiscretizer with the strategies `uniform` and `quantile`: what lies beyond the values it
 * learned from falls into the first or the last bin. Null has no bin: it stays null, or is all zeros.
 */
export function binTransform(params: Params): Transform<BinState> {
  const given = params.method === 'edges' ? params.columns.map(() => params.edges) : null
  return {
    fit: given ? null : () => fitOf(params as Exclude<Params, { method: 'edges' }>),
    elementsOf: (column, state) => binNames(column, (given ?? state)[params.columns.indexOf(column)]!),
    emit(graph, state) {
      const { builder } = graph
      const names = params.columns.filter((name) => graph.isWanted(name))
      const edges = names.map((name) => (given ?? state)[params.columns.indexOf(name)]!)
      const codes = graph.separate(names).map((values, index) => binOf(builder, values, edges[index]!))
      const parts =
        params.output === 'ordinal'
          ? codes
          : codes.map((code, index) => hits(builder, code, edges[index]!.length + 1))
      graph.put(
        names,
        parts.length === 1 ? parts[0]! : builder.node('Concat', parts, { axis: { i: 1 } }),
        params.output === 'ordinal' ? undefined : edges.map((each) => each.length + 1),
      )
    },
  }
}

function fitOf({ method, columns, bins }: Exclude<Params, { method: 'edges' }>) {
  return numberFit(columns, (column) => {
    const range = new RangeAccumulator()
    const values = new CollectedValues()
    return {
      add: (block) => (method === 'equal-width' ? range.addAll(block) : values.addAll(block)),
      finish: () => {
        const edges = method === 'equal-width' ? equalWidths(range, bins) : equalCounts(values, bins)
        if (!edges.every(Number.isFinite)) throw recipeError('out-of-range', { column })
        return edges
      },
    }
  })
}

function equalWidths(range: RangeAccumulator, bins: number): number[] {
  const { min, max } = range.finish()
  if (min === max) return []
  const step = (max - min) / bins
  return ascending(Array.from({ length: bins - 1 }, (_, index) => (index + 1) * step + min))
}

/** Quantiles that lie closer together than 1e-8 count as one, as in scikit-learn. */
function equalCounts(values: CollectedValues, bins: number): number[] {
  const all = values.all()
  const edges = Array.from({ length: bins + 1 }, (_, index) =>
    quantileOf(all, index === bins ? 1 : (index * (100 / bins)) / 100),
  )
  const apart = edges.filter((edge, index) => index === 0 || edge - edges[index - 1]! > 1e-8)
  return apart.slice(1, -1)
}

const ascending = (edges: readonly number[]): number[] =>
  edges.filter((edge, index) => index === 0 || edge > edges[index - 1]!)

/** How many edges a value reaches; a sum of zeros and ones is exact in any order. NaN stays NaN. */
function binOf(builder: GraphBuilder, values: Value, edges: readonly number[]): Value {
  const number = (value: number) => builder.constant(tensor('float64', [1, 1], [value]))
  const isNull = builder.node('IsNaN', [values])
  if (edges.length === 0) return builder.node('Where', [isNull, values, number(0)])
  const bounds = builder.constant(tensor('float64', [1, edges.length], edges))
  const reached = builder.node('Cast', [builder.node('GreaterOrEqual', [values, bounds])], {
    to: { i: elementCodes.float64 },
  })
  const ones = builder.constant(
    tensor(
      'float64',
      [edges.length, 1],
      edges.map(() => 1),
    ),
  )
  return builder.node('Where', [isNull, values, builder.node('Gemm', [reached, ones])])
}

function hits(builder: GraphBuilder, code: Value, bins: number): Value {
  const positions = Array.from({ length: bins }, (_, index) => index)
  const equal = builder.node('Equal', [code, builder.constant(tensor('float64', [1, bins], positions))])
  return builder.node('Cast', [equal], { to: { i: elementCodes.float32 } })
}

function binNames(column: string, edges: readonly number[]): string[] {
  const bounds = ['(-inf', ...edges.map((edge) => `[${edge}`)]
  const ends = [...edges, 'inf']
  return bounds.map((bound, index) => `${column}=${bound},${ends[index]})`)
}
