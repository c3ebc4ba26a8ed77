import { indicatorName } from '../../core/transforms/impute-columns.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { createRandom } from '../../tables/random.ts'
import { MomentsAccumulator } from '../accumulators/moments.ts'
import { recipeError } from '../errors.ts'
import type { StepGraph } from '../step-graph.ts'
import type { Fit, Transform } from '../transform.ts'

type Params = TransformParams<'impute-nearest'>

type NearestState = {
  /** Of each compared column. */
  means: number[]
  /** Standard deviations; 1 where there is none. */
  scales: number[]
  /** Rows to compare with, as they came, in their order. */
  references: (number | null)[][]
}

const mostColumns = 200
/** Standardised values beyond it count as it, so that squares stay finite. */
const farthest = 1e6
/** The squared distance of rows that have no column in common, and of rows that lack the value that is wanted. */
const unreachable = 1e300
/** Nearer than this is equal: the weight of a neighbour is at most its inverse. */
const nearest = 1e-9

/**
 * As scikit-learn's KNNImputer behind its StandardScaler: a missing number is the mean of that of the nearest rows
 * that have one, by the Euclidean distance over the columns that both rows have, scaled up by the share of them that
 * is missing (Dixon 1979). Unlike there, rows are compared with at most as many train rows as are kept, rows without
 * a column in common never count, of equally near rows the first do, and an equal row weighs much, not all. Where nothing is near, the mean stands in.
 */
export function imputeNearestTransform(params: Params): Transform<NearestState> {
  return {
    fit: () => fitOf(params),
    emit(graph, state) {
      const wanted = params.fill.filter((name) => graph.isWanted(name))
      if (wanted.length > 0) emitFilled(graph, { params, state, wanted })
      if (params.indicator) emitIndicators(graph, params.fill)
    },
  }
}

function fitOf({ columns, fill, references: most }: Params): Fit<NearestState> {
  if (columns.length > mostColumns) {
    throw recipeError('too-many-compared', { count: columns.length, limit: mostColumns })
  }
  const moments = columns.map(() => new MomentsAccumulator())
  const random = createRandom(0, 'impute-nearest')
  const kept: { at: number; row: (number | null)[] }[] = []
  let seen = 0
  return {
    reads: columns,
    add(chunk) {
      const values = columns.map((name) => chunk.columns[name] as Float64Array)
      for (let index = 0; index < chunk.rows; index++) {
        for (const [column, list] of values.entries()) {
          const value = list[index]!
          if (Number.isNaN(value)) continue
          if (!Number.isFinite(value)) throw recipeError('infinite-value', { column: columns[column]! })
          moments[column]!.add(value)
        }
        if (values.every((list) => Number.isNaN(list[index]!))) continue
        // Each row is as likely to be kept as another (Vitter 1985, algorithm R).
        const place = seen < most ? seen : random.below(seen + 1)
        if (place < most) {
          const row = values.map((list) => (Number.isNaN(list[index]!) ? null : list[index]!))
          kept[place] = { at: seen, row }
        }
        seen++
      }
    },
    finish() {
      const found = moments.map((each) => each.finish())
      const empty = columns.find((name, index) => fill.includes(name) && found[index]!.count === 0)
      if (empty !== undefined) throw recipeError('no-values', { column: empty })
      const scales = found.map(({ count, squares }) => Math.sqrt(squares / count) || 1)
      const wide = columns.find((_, index) => !Number.isFinite(scales[index]!))
      if (wide !== undefined) throw recipeError('out-of-range', { column: wide })
      const references = kept.sort((a, b) => a.at - b.at).map(({ row }) => row)
      return { means: found.map(({ mean }) => mean), scales, references }
    },
  }
}

interface Filling {
  params: Params
  state: NearestState
  wanted: readonly string[]
}

function emitFilled(graph: StepGraph, { params, state, wanted }: Filling): void {
  const { builder } = graph
  const values = graph.matrix(params.columns, 'float64')
  const squared = emitSquaredDistances(builder, values, state)
  for (const name of wanted) {
    const [value] = graph.separate([name])
    const column = params.columns.indexOf(name)
    const standIn = emitNeighbours(builder, squared, { params, state, column })
    graph.put([name], builder.node('Where', [builder.node('IsNaN', [value!]), standIn, value!]))
  }
}

/** Squared distances of each row to each reference, [N, references]. */
function emitSquaredDistances(builder: GraphBuilder, values: Value, state: NearestState): Value {
  const { means, scales, references } = state
  const width = means.length
  const count = references.length
  const one = scalar(builder, 1)
  const zero = scalar(builder, 0)
  const isThere = (bad: Value): Value => builder.node('Where', [bad, zero, one])
  const present = builder.node('Mul', [
    isThere(builder.node('IsNaN', [values])),
    isThere(builder.node('IsInf', [values])),
  ])
  const known = builder.node('Where', [builder.node('Equal', [present, one]), values, row(builder, means)])
  const scaled = builder.node('Div', [
    builder.node('Sub', [known, row(builder, means)]),
    row(builder, scales),
  ])
  const standard = clamped(builder, scaled)
  const standardised = references.map((reference) =>
    reference.map((value, index) => (value === null ? 0 : standardise(value, means[index]!, scales[index]!))),
  )
  const byColumn = (of: (reference: number, column: number) => number): Value =>
    builder.constant(
      tensor(
        'float64',
        [width, count],
        means.flatMap((_, column) => references.map((__, reference) => of(reference, column))),
      ),
    )
  const hasValue = byColumn((reference, column) => Number(references[reference]![column] !== null))
  // The square of a difference, over the columns that both rows have: a² − 2ab + b².
  const own = builder.node('Gemm', [builder.node('Mul', [standard, standard]), hasValue])
  const both = builder.node('Gemm', [standard, byColumn((at, column) => -2 * standardised[at]![column]!)])
  const other = builder.node('Gemm', [present, byColumn((at, column) => standardised[at]![column]! ** 2)])
  const sum = builder.node('Add', [builder.node('Add', [own, both]), other])
  const shared = builder.node('Gemm', [present, hasValue])
  const scaledUp = builder.node('Div', [
    builder.node('Mul', [builder.node('Max', [sum, zero]), scalar(builder, width)]),
    builder.node('Max', [shared, one]),
  ])
  const isApart = builder.node('Less', [shared, scalar(builder, 0.5)])
  return builder.node('Where', [isApart, scalar(builder, unreachable), scaledUp])
}

/** The weighted mean of one column over the nearest references that have it, [N, 1]. */
function emitNeighbours(
  builder: GraphBuilder,
  squared: Value,
  { params, state, column }: { params: Params; state: NearestState; column: number },
): Value {
  const donors = state.references.map((reference) => reference[column] ?? null)
  const count = Math.min(params.neighbours, donors.length)
  const ofDonors = builder.node('Add', [
    squared,
    row(
      builder,
      donors.map((value) => (value === null ? unreachable : 0)),
    ),
  ])
  const counted = builder.constant(tensor('int64', [1], [count]))
  const [distances, indexes] = builder.nodes('TopK', [ofDonors, counted], 2, {
    axis: { i: 1 },
    largest: { i: 0 },
  })
  builder.declare(distances!, { type: 'float64', width: count })
  builder.declare(indexes!, { type: 'int64', width: count })
  const values = builder.node('Gather', [
    builder.constant(
      tensor(
        'float64',
        [donors.length],
        donors.map((value) => value ?? 0),
      ),
    ),
    indexes!,
  ])
  builder.declare(values, { type: 'float64', width: count })
  const isNear = builder.node('Less', [distances!, scalar(builder, unreachable / 10)])
  const weight = params.weights === 'uniform' ? scalar(builder, 1) : inverseRoot(builder, distances!)
  const weights = builder.node('Where', [isNear, weight, scalar(builder, 0)])
  builder.declare(weights, { type: 'float64', width: count })
  const ones = builder.constant(
    tensor(
      'float64',
      [count, 1],
      Array.from({ length: count }, () => 1),
    ),
  )
  const total = builder.node('Gemm', [weights, ones])
  const sum = builder.node('Gemm', [builder.node('Mul', [weights, values]), ones])
  const isAlone = builder.node('Equal', [total, scalar(builder, 0)])
  const mean = builder.node('Div', [sum, builder.node('Where', [isAlone, scalar(builder, 1), total])])
  return builder.node('Where', [isAlone, scalar(builder, state.means[column]!), mean])
}

function emitIndicators(graph: StepGraph, names: readonly string[]): void {
  const { builder } = graph
  const wanted = names.filter((name) => graph.isWanted(indicatorName(name)))
  if (wanted.length === 0) return
  const isMissing = builder.node('IsNaN', [graph.matrix(wanted, 'float64')])
  const indicators = builder.node('Cast', [isMissing], { to: { i: elementCodes.float64 } })
  graph.put(wanted.map(indicatorName), indicators)
}

function inverseRoot(builder: GraphBuilder, squared: Value): Value {
  const distance = builder.node('Max', [builder.node('Sqrt', [squared]), scalar(builder, nearest)])
  return builder.node('Div', [scalar(builder, 1), distance])
}

function standardise(value: number, mean: number, scale: number): number {
  return Math.max(-farthest, Math.min(farthest, (value - mean) / scale))
}

function clamped(builder: GraphBuilder, value: Value): Value {
  return builder.node('Max', [
    builder.node('Min', [value, scalar(builder, farthest)]),
    scalar(builder, -farthest),
  ])
}

function scalar(builder: GraphBuilder, value: number): Value {
  return builder.constant(tensor('float64', [1, 1], [value]))
}

function row(builder: GraphBuilder, values: readonly number[]): Value {
  return builder.constant(tensor('float64', [1, values.length], values))
}
