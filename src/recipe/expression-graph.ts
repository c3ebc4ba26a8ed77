import type { ExpressionType, ExpressionValue, TypedExpression } from '../core/expression/typed-expression.ts'
import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../onnx/tensor.ts'

export type OperationNode = Extract<TypedExpression, { kind: 'operation' }>

/** What the operations are made of. A condition is 0, 1 or NaN; the operators of ONNX speak of `bool`. */
export class ExpressionGraph {
  readonly builder: GraphBuilder
  readonly #column: (name: string) => Value

  constructor(builder: GraphBuilder, column: (name: string) => Value) {
    this.builder = builder
    this.#column = column
  }

  column(name: string, type: ExpressionType): Value {
    const value = this.#column(name)
    return type === 'number' ? this.finite(value) : value
  }

  literal(value: ExpressionValue, type: ExpressionType): Value {
    const constant =
      type === 'text'
        ? tensor('string', [1, 1], [String(value ?? '')])
        : tensor('float64', [1, 1], [value === null ? Number.NaN : Number(value)])
    return this.builder.constant(constant)
  }

  number(value: number): Value {
    return this.literal(value, 'number')
  }

  node(op: string, ...inputs: readonly Value[]): Value {
    return this.builder.node(op, inputs)
  }

  finite(value: Value): Value {
    return this.node('Where', this.node('IsInf', value), this.number(Number.NaN), value)
  }

  /** Where one of these is null, as `bool`; null itself when none ever is. */
  anyNull(expressions: readonly TypedExpression[], values: readonly Value[]): Value | null {
    const tests = expressions.flatMap((expression, index) => {
      if (expression.kind === 'literal' && expression.value !== null) return []
      const value = values[index]!
      return [
        expression.type === 'text'
          ? this.node('Equal', value, this.literal(null, 'text'))
          : this.node('IsNaN', value),
      ]
    })
    return tests.length === 0 ? null : tests.reduce((a, b) => this.node('Or', a, b))
  }

  /** The value, but null where one of the inputs is. */
  strict(value: Value, inputs: readonly Value[], expression: OperationNode): Value {
    const missing = this.anyNull(expression.inputs, inputs)
    return missing === null ? value : this.node('Where', missing, this.literal(null, expression.type), value)
  }

  /** 0 or 1 of a `bool`. */
  condition(truth: Value): Value {
    return this.builder.node('Cast', [truth], { to: { i: elementCodes.float64 } })
  }
}
