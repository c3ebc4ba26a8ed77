import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { tensor } from '../../onnx/tensor.ts'
import { CollectedValues } from '../accumulators/collected-values.ts'
import { MomentsAccumulator } from '../accumulators/moments.ts'
import { recipeError } from '../errors.ts'
import { minimize } from '../minimize.ts'
import { numberFit } from '../number-fit.ts'
import type { Transform } from '../transform.ts'
import { logOfOnePlus } from './log.ts'

type Params = Extract<TransformParams<'scale'>, { method: 'yeo-johnson' | 'box-cox' }>

/** Of each column in order: the power, and what is subtracted and divided by afterwards. */
type PowerState = { power: number; center: number; scale: number }[]

/**
 * As scikit-learn's PowerTransformer: the power is the most likely one if the outcome is normally distributed (Box and
 * Cox 1964; Yeo and Johnson 2000), the outcome is brought to mean 0 and deviation 1.
 */
export function powerTransform(params: Params): Transform<PowerState> {
  return {
    fit: () => fitOf(params),
    emit(graph, state) {
      const names = params.columns.filter((name) => graph.isWanted(name))
      for (const [index, values] of graph.separate(names).entries()) {
        const { power, center, scale } = state[params.columns.indexOf(names[index]!)]!
        const { builder } = graph
        const number = (value: number) => builder.constant(tensor('float64', [1, 1], [value]))
        const raised =
          params.method === 'box-cox' ? boxCox(builder, values, power) : yeoJohnson(builder, values, power)
        const centered = builder.node('Sub', [raised, number(center)])
        graph.put([names[index]!], builder.node('Div', [centered, number(scale)]))
      }
    },
  }
}

/** (x^λ − 1) / λ, or log x; null at 0 and below. */
function boxCox(builder: GraphBuilder, values: Value, power: number): Value {
  const number = (value: number) => builder.constant(tensor('float64', [1, 1], [value]))
  const isPositive = builder.node('Greater', [values, number(0)])
  const known = builder.node('Where', [isPositive, values, number(Number.NaN)])
  if (power === 0) return builder.node('Log', [known])
  const raised = builder.node('Sub', [builder.node('Pow', [known, number(power)]), number(1)])
  return builder.node('Div', [raised, number(power)])
}

/** ((x + 1)^λ − 1) / λ from 0 on, and −((1 − x)^(2−λ) − 1) / (2 − λ) below. */
function yeoJohnson(builder: GraphBuilder, values: Value, power: number): Value {
  const number = (value: number) => builder.constant(tensor('float64', [1, 1], [value]))
  const size = builder.node('Abs', [values])
  const raise = (exponent: number): Value => {
    if (Math.abs(exponent) < Number.EPSILON) return logOfOnePlus(builder, size)
    const base = builder.node('Add', [size, number(1)])
    const raised = builder.node('Sub', [builder.node('Pow', [base, number(exponent)]), number(1)])
    return builder.node('Div', [raised, number(exponent)])
  }
  const isBelow = builder.node('Less', [values, number(0)])
  return builder.node('Where', [isBelow, builder.node('Neg', [raise(2 - power)]), raise(power)])
}

function fitOf({ method, columns }: Params) {
  return numberFit(columns, (column) => {
    const values = new CollectedValues()
    return {
      add(block) {
        if (method === 'box-cox' && block.some((value) => value <= 0))
          throw recipeError('not-positive', { column })
        values.addAll(block)
      },
      finish: () => {
        const state = fitted(values.all(), method)
        if (!Object.values(state).every(Number.isFinite)) throw recipeError('out-of-range', { column })
        return state
      },
    }
  })
}

function fitted(values: Float64Array, method: Params['method']): PowerState[number] {
  const outcome = method === 'box-cox' ? boxCoxOf : yeoJohnsonOf
  // The derivative of the outcome, as a logarithm and for a power of 1 more: the same for each power.
  let jacobian = 0
  for (const value of values)
    jacobian += method === 'box-cox' ? Math.log(value) : Math.sign(value) * Math.log1p(Math.abs(value))
  const unlikeliness = (power: number): number => {
    const { count, squares } = momentsAfter(values, (value) => outcome(value, power))
    const variance = squares / count
    if (!(variance >= 2.2e-308) || variance === Infinity) return Infinity
    return (count / 2) * Math.log(variance) - (power - 1) * jacobian
  }
  // Of equal values no power is likelier than another.
  const isConstant = values.every((value) => value === values[0])
  const power = isConstant ? 1 : minimize(unlikeliness, { from: -2, to: 2 })
  const { count, mean, squares } = momentsAfter(values, (value) => outcome(value, power))
  const variance = squares / count
  return { power, center: mean, scale: isConstant || variance === 0 ? 1 : Math.sqrt(variance) }
}

function momentsAfter(values: Float64Array, change: (value: number) => number) {
  const moments = new MomentsAccumulator()
  for (const value of values) moments.add(change(value))
  return moments.finish()
}

function boxCoxOf(value: number, power: number): number {
  return power === 0 ? Math.log(value) : (value ** power - 1) / power
}

function yeoJohnsonOf(value: number, power: number): number {
  return value >= 0 ? raised(value, power) : -raised(-value, 2 - power)
}

function raised(size: number, exponent: number): number {
  return Math.abs(exponent) < Number.EPSILON ? Math.log1p(size) : ((size + 1) ** exponent - 1) / exponent
}
