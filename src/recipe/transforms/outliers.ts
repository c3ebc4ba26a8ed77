import { outlierName } from '../../core/transforms/outliers-columns.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { CollectedValues } from '../accumulators/collected-values.ts'
import { MomentsAccumulator } from '../accumulators/moments.ts'
import { medianOf, quantileOf } from '../accumulators/quantile.ts'
import { recipeError } from '../errors.ts'
import { boundRows, emitClipped } from '../emit-clipped.ts'
import { numberFit, type NumberAccumulator } from '../number-fit.ts'
import type { StepGraph } from '../step-graph.ts'
import type { Transform } from '../transform.ts'

type Params = TransformParams<'outliers'>

/** Beyond which values of each column lie, in order. */
export type OutlierBounds = [lower: number, upper: number][]

/** Outliers become their bound, or boolean columns say where they are. Null is no outlier, and stays null. */
export function outliersTransform(params: Params): Transform<OutlierBounds> {
  return {
    fit: () => numberFit(params.columns, (column) => boundsFit(column, params)),
    emit: (graph, state) => (params.action === 'clip' ? clip : flag)(graph, params, state),
  }
}

function clip(graph: StepGraph, { columns }: Params, state: OutlierBounds): void {
  const names = columns.filter((name) => graph.isWanted(name))
  const bounds = names.map((name) => state[columns.indexOf(name)]!)
  graph.put(names, emitClipped(graph.builder, graph.matrix(names, 'float64'), bounds))
}

function flag(graph: StepGraph, { columns, anyColumn }: Params, state: OutlierBounds): void {
  const { builder } = graph
  const names = columns.filter((name) => graph.isWanted(anyColumn ?? outlierName(name)))
  if (names.length === 0) return
  const bounds = names.map((name) => state[columns.indexOf(name)]!)
  const values = graph.matrix(names, 'float64')
  const { lower, upper } = boundRows(builder, bounds)
  const isBeyond = builder.node('Or', [
    builder.node('Less', [values, lower]),
    builder.node('Greater', [values, upper]),
  ])
  const flags = builder.node('Cast', [isBeyond], { to: { i: elementCodes.float64 } })
  if (anyColumn === undefined) graph.put(names.map(outlierName), flags)
  else graph.put([anyColumn], anyOf(builder, flags, names.length))
}

/** A sum of zeros and ones is exact in any order. */
function anyOf(builder: GraphBuilder, flags: Value, width: number): Value {
  const ones = Array.from({ length: width }, () => 1)
  const count = builder.node('Gemm', [flags, builder.constant(tensor('float64', [width, 1], ones))])
  const isAny = builder.node('Greater', [count, builder.constant(tensor('float64', [1, 1], [0]))])
  return builder.node('Cast', [isAny], { to: { i: elementCodes.float64 } })
}

function boundsFit(column: string, { method, limit }: Params): NumberAccumulator<[number, number]> {
  const checked = (bounds: [number, number]): [number, number] => {
    if (!bounds.every(Number.isFinite)) throw recipeError('out-of-range', { column })
    return bounds
  }
  if (method === 'z-score') {
    const moments = new MomentsAccumulator()
    return {
      add: (values) => moments.addAll(values),
      finish: () => {
        const { mean, squares, count } = moments.finish()
        return checked(around(mean, limit * Math.sqrt(squares / count)))
      },
    }
  }
  const values = new CollectedValues()
  const find = method === 'iqr' ? quartileFences : medianFences
  return { add: (block) => values.addAll(block), finish: () => checked(find(values.all(), limit)) }
}

const around = (middle: number, distance: number): [number, number] => [middle - distance, middle + distance]

/** Tukey’s fences (Exploratory Data Analysis, 1977). */
function quartileFences(values: Float64Array, limit: number): [number, number] {
  const [low, high] = [quantileOf(values, 0.25), quantileOf(values, 0.75)]
  const distance = limit * (high - low)
  return [low - distance, high + distance]
}

/** 1 / Φ⁻¹(3/4): the standard deviation of a normal distribution, in median absolute deviations. */
const deviationsOfMedian = 1.482602218505602
/** √(π/2): the same in mean absolute deviations. */
const deviationsOfMean = 1.2533141373155001

/**
 * The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993); where half of the values are
 * the same, by the mean absolute deviation, as they advise.
 */
function medianFences(values: Float64Array, limit: number): [number, number] {
  const median = medianOf(values)
  const distances = values.map((value) => Math.abs(value - median))
  const deviation = medianOf(distances)
  if (deviation > 0) return around(median, limit * deviationsOfMedian * deviation)
  const mean = distances.reduce((sum, distance) => sum + distance / distances.length, 0)
  return around(median, limit * deviationsOfMean * mean)
}
