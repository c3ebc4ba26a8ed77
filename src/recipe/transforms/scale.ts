import type { TransformParams } from '../../core/transforms/transform-step.ts'
import { tensor } from '../../onnx/tensor.ts'
import { MomentsAccumulator } from '../accumulators/moments.ts'
import { QuantileAccumulator } from '../accumulators/quantile-accumulator.ts'
import { RangeAccumulator } from '../accumulators/range.ts'
import { recipeError } from '../errors.ts'
import { numberFit, type NumberAccumulator } from '../number-fit.ts'
import type { Transform } from '../transform.ts'

type Params = Extract<TransformParams<'scale'>, { method: 'standard' | 'min-max' | 'robust' }>

/** Of each column, in order: scaled = (value − center) / scale. */
type ScaleState = { center: number; scale: number }[]
type Scaling = ScaleState[number]

/** As scikit-learn's StandardScaler, MinMaxScaler and RobustScaler. */
export function scaleTransform(params: Params): Transform<ScaleState> {
  return {
    fit: () =>
      numberFit(params.columns, (column) => {
        const accumulator = accumulatorOf(params)
        return {
          add: (values) => accumulator.add(values),
          again: () => accumulator.again?.() ?? false,
          finish: () => {
            const scaling = accumulator.finish()
            if (!Number.isFinite(scaling.center) || !Number.isFinite(scaling.scale))
              throw recipeError('out-of-range', { column })
            return scaling
          },
        }
      }),
    emit(graph, state) {
      const chosen = params.columns
        .map((name, index) => ({ name, ...state[index]! }))
        .filter(({ name }) => graph.isWanted(name))
      const names = chosen.map(({ name }) => name)
      const row = (values: number[]) => graph.builder.constant(tensor('float64', [1, values.length], values))
      const centers = row(chosen.map(({ center }) => center))
      const scales = row(chosen.map(({ scale }) => scale))
      const centered = graph.builder.node('Sub', [graph.matrix(names, 'float64'), centers])
      graph.put(names, graph.builder.node('Div', [centered, scales]))
    },
  }
}

function accumulatorOf(params: Params): NumberAccumulator<Scaling> {
  switch (params.method) {
    case 'standard':
      return standard()
    case 'min-max':
      return minMax(params.range)
    case 'robust':
      return robust(params.quantiles)
  }
}

function standard(): NumberAccumulator<Scaling> {
  const moments = new MomentsAccumulator()
  return {
    add: (values) => moments.addAll(values),
    finish: () => {
      const { count, mean, squares } = moments.finish()
      const variance = squares / count
      // What rounding alone makes of equal values, as scikit-learn's _is_constant_feature bounds it.
      const bound = count * Number.EPSILON * variance + (count * mean * Number.EPSILON) ** 2
      return { center: mean, scale: variance <= bound ? 1 : Math.sqrt(variance) }
    },
  }
}

function minMax([low, high]: [number, number]): NumberAccumulator<Scaling> {
  const range = new RangeAccumulator()
  return {
    add: (values) => range.addAll(values),
    finish: () => {
      const { min, max } = range.finish()
      const scale = scaleOfSpread(max - min) / (high - low)
      return { center: min - low * scale, scale }
    },
  }
}

function robust([low, high]: [number, number]): NumberAccumulator<Scaling> {
  const quantiles = new QuantileAccumulator([low / 100, 0.5, high / 100])
  return {
    add: (values) => quantiles.add(values),
    again: () => quantiles.again(),
    finish: () => {
      const spread = quantiles.quantile(high / 100) - quantiles.quantile(low / 100)
      return { center: quantiles.median(), scale: scaleOfSpread(spread) }
    },
  }
}

/** Values without a spread are only shifted (scikit-learn's _handle_zeros_in_scale). */
function scaleOfSpread(spread: number): number {
  return spread < 10 * Number.EPSILON ? 1 : spread
}
