import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { CategoryCounts, type Category } from '../accumulators/category-counts.ts'
import { countedBy } from '../counted-by.ts'
import { emitCodes } from '../emit-codes.ts'
import { recipeError } from '../errors.ts'
import type { Fit, Transform } from '../transform.ts'

type Params = Extract<TransformParams<'encode'>, { method: 'binary' }>

/** The categories of each column in order, and whether null is the one behind them. */
type BinaryState = { categories: Category[]; hasNull: boolean }[]

/** The place of a category in their order, from 1, in binary digits, the highest first. */
export function binaryEncodeTransform(params: Params): Transform<BinaryState> {
  const stateOf = (state: BinaryState, name: string) => state[params.columns.indexOf(name)]!
  return {
    fit: () => fitOf(params),
    elementsOf: (column, state) => {
      const digits = digitsOf(stateOf(state, column))
      return Array.from({ length: digits }, (_, index) => `${column}:digit ${digits - index}`)
    },
    emit(graph, state) {
      const { builder } = graph
      const names = params.columns.filter((name) => graph.isWanted(name))
      const chosen = names.map((name) => stateOf(state, name))
      const parts = graph.separate(names).map((value, index) => {
        const { categories, hasNull } = chosen[index]!
        const codes = categories.map((category, place): [Category, number] => [category, place + 1])
        const nulls = hasNull ? categories.length + 1 : 0
        return digits(builder, emitCodes(graph, value, { codes, nulls, others: 0 }), digitsOf(chosen[index]!))
      })
      const joined = parts.length === 1 ? parts[0]! : builder.node('Concat', parts, { axis: { i: 1 } })
      graph.put(
        names,
        builder.node('Cast', [joined], { to: { i: elementCodes.float32 } }),
        chosen.map(digitsOf),
      )
    },
  }
}

/** Enough for the last place. */
function digitsOf({ categories, hasNull }: BinaryState[number]): number {
  return Math.floor(Math.log2(categories.length + Number(hasNull))) + 1
}

/** Whole numbers below 2^53, so float64 is exact. */
function digits(builder: GraphBuilder, codes: Value, count: number): Value {
  const powers = Array.from({ length: count }, (_, index) => 2 ** (count - 1 - index))
  const row = (values: number[]) => builder.constant(tensor('float64', [1, values.length], values))
  const floor = (value: Value, by: Value) => builder.node('Floor', [builder.node('Div', [value, by])])
  const shifted = floor(codes, row(powers))
  const two = row([2])
  return builder.node('Sub', [shifted, builder.node('Mul', [floor(shifted, two), two])])
}

function fitOf(params: Params): Fit<BinaryState> {
  const counts = params.columns.map((name) => ({ name, values: new CategoryCounts() }))
  return {
    reads: params.columns,
    ...countedBy(counts),
    finish: () =>
      counts.map(({ name, values }) => {
        const categories = values.sorted().map(({ category }) => category)
        if (categories.some((category) => typeof category === 'number' && !Number.isFinite(category)))
          throw recipeError('infinite-value', { column: name })
        const hasNull = params.nulls === 'category' && values.nulls > 0
        if (categories.length === 0 && !hasNull) throw recipeError('no-categories', { column: name })
        return { categories, hasNull }
      }),
  }
}
