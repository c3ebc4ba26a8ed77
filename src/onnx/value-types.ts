import type { Attributes } from './attributes.ts'
import { elementTypeOf, type ElementType } from './tensor.ts'

/** A value of a graph is a tensor [rows, width]; a constant counts by its last dimension. */
export interface ValueType {
  type: ElementType
  width: number
  /** Fixed, as of a matrix of weights; as many as the model is given when absent. */
  rows?: number
}

/** What is known of an operator's input: its type, and the shape where it is a constant. */
export interface KnownValue extends ValueType {
  dims?: readonly number[]
}

type Rule = (inputs: readonly KnownValue[], attributes: Attributes) => ValueType | undefined

const widest = (inputs: readonly KnownValue[]): number => Math.max(...inputs.map(({ width }) => width))
const likeFirst: Rule = (inputs) => inputs[0] && { type: inputs[0].type, width: widest(inputs) }
const truth: Rule = (inputs) => ({ type: 'bool', width: widest(inputs) })

const elementwise =
  'Abs Add Ceil Clip Div Exp Floor Identity Log Max Min Mod Mul Neg Pow Relu Round Sigmoid Sign Sin Softmax ' +
  'Softplus Sqrt Sub Tanh'
const comparisons = 'And Equal Greater GreaterOrEqual IsInf IsNaN Less LessOrEqual Not Or Xor'

const rules: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(elementwise.split(' ').map((op) => [op, likeFirst])),
  ...Object.fromEntries(comparisons.split(' ').map((op) => [op, truth])),
  Where: (inputs) => inputs[1] && { type: inputs[1].type, width: widest(inputs) },
  Cast: ([input], { to }) => {
    const type = to && 'i' in to ? elementTypeOf(to.i) : undefined
    return input && type && { type, width: input.width }
  },
  Concat: (inputs) =>
    inputs[0] && { type: inputs[0].type, width: inputs.reduce((sum, { width }) => sum + width, 0) },
  Gather: ([data, indices], { axis }) =>
    data && indices?.dims?.length === 1 && axis && 'i' in axis && axis.i === 1
      ? { type: data.type, width: indices.width }
      : undefined,
  Gemm: ([left, right], { transB }) => {
    const outputs = right?.dims?.[transB && 'i' in transB && transB.i === 1 ? 0 : 1]
    return left && outputs !== undefined ? { type: left.type, width: outputs } : undefined
  },
}

/** The type and width of an operator's only output, or undefined where no rule tells. */
export function resultType(
  op: string,
  inputs: readonly (KnownValue | undefined)[],
  attributes: Attributes,
): ValueType | undefined {
  if (inputs.some((input) => input === undefined)) return undefined
  return rules[op]?.(inputs as readonly KnownValue[], attributes)
}
