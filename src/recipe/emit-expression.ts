import type { Operation, TypedExpression } from '../core/expression/typed-expression.ts'
import type { DatePart } from '../core/transforms/date-parts-params.ts'
import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import { tensor } from '../onnx/tensor.ts'
import { emitDatePart } from './emit-date-part.ts'
import { ExpressionGraph, type OperationNode } from './expression-graph.ts'

/**
 * Appends an expression to a graph. Columns are values [N, 1], float64 with NaN for null or string with '' for null;
 * so is the result. Equal to `evaluateExpression` for every row, but for the last digits of `exp`, `log`, `log10`
 * and `^`.
 */
export function emitExpression(
  builder: GraphBuilder,
  expression: TypedExpression,
  column: (name: string) => Value,
): Value {
  return emit(new ExpressionGraph(builder, column), expression)
}

function emit(graph: ExpressionGraph, expression: TypedExpression): Value {
  switch (expression.kind) {
    case 'literal':
      return graph.literal(expression.value, expression.type)
    case 'column':
      return graph.column(expression.name, expression.type)
    case 'operation':
      return emitters[expression.operation](
        graph,
        expression.inputs.map((input) => emit(graph, input)),
        expression,
      )
  }
}

type Emit = (graph: ExpressionGraph, inputs: readonly Value[], expression: OperationNode) => Value

/** Arithmetic gives NaN for NaN by itself. */
const plain =
  (op: string): Emit =>
  (graph, inputs) =>
    graph.node(op, ...inputs)
const finite =
  (op: string): Emit =>
  (graph, inputs) =>
    graph.finite(graph.node(op, ...inputs))
const comparison =
  (op: string): Emit =>
  (graph, inputs, expression) =>
    graph.strict(graph.condition(graph.node(op, ...inputs)), inputs, expression)
const matching =
  (pattern: (part: string) => string): Emit =>
  (graph, inputs, expression) => {
    const part = expression.inputs[1] as Extract<TypedExpression, { kind: 'literal' }>
    const truth = graph.builder.declare(
      graph.builder.node('RegexFullMatch', [inputs[0]!], {
        pattern: { s: `(?s)${pattern(quoteForRe2(String(part.value)))}` },
      }),
      { type: 'bool', width: 1 },
    )
    return graph.strict(graph.condition(truth), inputs, expression)
  }
const datePart =
  (part: DatePart): Emit =>
  (graph, inputs) =>
    emitDatePart(graph.builder, part, inputs[0]!)

const and: Emit = (graph, [a, b]) => {
  const no = graph.number(0)
  const anyFalse = graph.node('Or', graph.node('Equal', a!, no), graph.node('Equal', b!, no))
  return graph.node('Where', anyFalse, no, graph.node('Mul', a!, b!))
}
const or: Emit = (graph, [a, b]) => {
  const yes = graph.number(1)
  const anyTrue = graph.node('Or', graph.node('Equal', a!, yes), graph.node('Equal', b!, yes))
  return graph.node('Where', anyTrue, yes, graph.node('Add', a!, b!))
}

const emitters: Readonly<Record<Operation, Emit>> = {
  add: finite('Add'),
  subtract: finite('Sub'),
  multiply: finite('Mul'),
  divide: finite('Div'),
  modulo: (graph, inputs) => graph.builder.node('Mod', inputs, { fmod: { i: 1 } }),
  // For ONNX as for C, NaN to the power of 0 is 1.
  power: (graph, inputs, expression) =>
    graph.strict(graph.finite(graph.node('Pow', ...inputs)), inputs, expression),
  negate: plain('Neg'),
  abs: plain('Abs'),
  sign: plain('Sign'),
  round: (graph, [value]) => roundHalfAway(graph, value!),
  floor: plain('Floor'),
  ceil: plain('Ceil'),
  sqrt: plain('Sqrt'),
  exp: finite('Exp'),
  log: finite('Log'),
  log10: (graph, [value]) => logarithmToBase10(graph, value!),
  min: plain('Min'),
  max: plain('Max'),
  equal: comparison('Equal'),
  less: comparison('Less'),
  'at-most': comparison('LessOrEqual'),
  between: (graph, [value, low, high], expression) => {
    const [valueNode, lowNode, highNode] = expression.inputs as [
      TypedExpression,
      TypedExpression,
      TypedExpression,
    ]
    const above = emitters['at-most'](graph, [low!, value!], { ...expression, inputs: [lowNode, valueNode] })
    const below = emitters['at-most'](graph, [value!, high!], {
      ...expression,
      inputs: [valueNode, highNode],
    })
    return and(graph, [above, below], expression)
  },
  in: emitIn,
  and,
  or,
  not: (graph, [value]) => graph.node('Sub', graph.number(1), value!),
  'is-null': (graph, inputs, expression) => graph.condition(graph.anyNull(expression.inputs, inputs)!),
  if: (graph, [condition, a, b], expression) => {
    const chosen = graph.node('Where', graph.node('Equal', condition!, graph.number(1)), a!, b!)
    return graph.node('Where', graph.node('IsNaN', condition!), graph.literal(null, expression.type), chosen)
  },
  coalesce: (graph, inputs, expression) =>
    inputs.reduceRight((later, value, index) =>
      graph.node('Where', graph.anyNull([expression.inputs[index]!], [value])!, later, value),
    ),
  concat: (graph, inputs, expression) => {
    const joined = inputs.reduce((a, b) =>
      graph.builder.declare(graph.node('StringConcat', a, b), { type: 'string', width: 1 }),
    )
    return graph.strict(joined, inputs, expression)
  },
  contains: matching((part) => `.*${part}.*`),
  'starts-with': matching((part) => `${part}.*`),
  'ends-with': matching((part) => `.*${part}`),
  year: datePart('year'),
  month: datePart('month'),
  day: datePart('day'),
  hour: datePart('hour'),
  weekday: datePart('weekday'),
}

/** ONNX itself rounds halves to the even neighbour. */
function roundHalfAway(graph: ExpressionGraph, value: Value): Value {
  const size = graph.node('Abs', value)
  const below = graph.node('Floor', size)
  const isHalf = graph.node('GreaterOrEqual', graph.node('Sub', size, below), graph.number(0.5))
  const rounded = graph.node('Where', isHalf, graph.node('Add', below, graph.number(1)), below)
  return graph.node('Mul', rounded, graph.node('Sign', value))
}

/** By way of the natural logarithm that of 1000 would not be 3. Powers beyond 10^±307 are not exact enough to ask. */
function logarithmToBase10(graph: ExpressionGraph, value: Value): Value {
  const nearly = graph.node('Div', graph.node('Log', value), graph.number(Math.LN10))
  const whole = graph.node('Round', nearly)
  const isNormal = graph.node('Less', graph.node('Abs', whole), graph.number(308))
  const isPower = graph.node('Equal', graph.node('Pow', graph.number(10), whole), value)
  return graph.finite(graph.node('Where', graph.node('And', isNormal, isPower), whole, nearly))
}

function emitIn(graph: ExpressionGraph, inputs: readonly Value[], expression: OperationNode): Value {
  const [subject, ...list] = expression.inputs as [TypedExpression, ...TypedExpression[]]
  const isText = subject.type === 'text'
  const literals = new Set(list.map((each) => (each.kind === 'literal' ? each.value : null)))
  const keys = [...literals, isText ? '' : Number.NaN]
  const found = graph.builder.node('ml.LabelEncoder', [inputs[0]!], {
    keys_tensor: {
      t: isText
        ? tensor('string', [keys.length], keys.map(String))
        : tensor('float64', [keys.length], keys.map(Number)),
    },
    values_tensor: {
      t: tensor('float64', [keys.length], [...Array.from(literals, () => 1), Number.NaN]),
    },
    default_tensor: { t: tensor('float64', [1], [0]) },
  })
  return graph.builder.declare(found, { type: 'float64', width: 1 })
}

/** As RE2’s own `QuoteMeta`: everything in ASCII but letters, digits and “_”. */
function quoteForRe2(text: string): string {
  return text.replaceAll(/[^\w\u0080-\u{10ffff}]/gu, (character) => `\\${character}`)
}
