import type { ExpressionValue, Operation, TypedExpression } from './typed-expression.ts'

/**
 * The reference: what an expression gives for one row. Dates and times are epoch milliseconds. A number that is not
 * finite and an empty text count as null, in columns as in results; `-0` is 0.
 */
export function evaluateExpression(
  expression: TypedExpression,
  row: Readonly<Record<string, ExpressionValue>>,
): ExpressionValue {
  switch (expression.kind) {
    case 'literal':
      return present(expression.value)
    case 'column':
      return present(row[expression.name] ?? null)
    case 'operation':
      return present(
        evaluators[expression.operation](expression.inputs.map((input) => evaluateExpression(input, row))),
      )
  }
}

function present(value: ExpressionValue): ExpressionValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null
  return value === '' ? null : value
}

type Evaluator = (inputs: readonly ExpressionValue[]) => ExpressionValue

/** Null as soon as one of the inputs is; all that remain are of the type that the operation needs. */
const strict =
  <Input extends number | string | boolean>(compute: (...inputs: Input[]) => ExpressionValue): Evaluator =>
  (inputs) =>
    inputs.includes(null) ? null : compute(...(inputs as Input[]))

const and = (a: ExpressionValue, b: ExpressionValue): ExpressionValue => {
  if (a === false || b === false) return false
  return a === null || b === null ? null : true
}
const not = (a: ExpressionValue): ExpressionValue => (a === null ? null : !a)
const atMost = (a: ExpressionValue, b: ExpressionValue): ExpressionValue =>
  a === null || b === null ? null : a <= b

const evaluators: Readonly<Record<Operation, Evaluator>> = {
  add: strict<number>((a, b) => a + b),
  subtract: strict<number>((a, b) => a - b),
  multiply: strict<number>((a, b) => a * b),
  divide: strict<number>((a, b) => a / b),
  // As C and SQL do: the sign of the result is that of the first number.
  modulo: strict<number>((a, b) => a % b),
  power: strict<number>((a, b) => a ** b),
  negate: strict<number>((a) => -a),
  abs: strict<number>((a) => Math.abs(a)),
  sign: strict<number>((a) => Math.sign(a)),
  round: strict<number>((a) => roundHalfAway(a)),
  floor: strict<number>((a) => Math.floor(a)),
  ceil: strict<number>((a) => Math.ceil(a)),
  sqrt: strict<number>((a) => Math.sqrt(a)),
  exp: strict<number>((a) => Math.exp(a)),
  log: strict<number>((a) => Math.log(a)),
  log10: strict<number>((a) => Math.log10(a)),
  min: strict<number>((...values) => Math.min(...values)),
  max: strict<number>((...values) => Math.max(...values)),
  equal: strict((a, b) => a === b),
  less: strict<number>((a, b) => a < b),
  'at-most': ([a = null, b = null]) => atMost(a, b),
  between: ([a = null, low = null, high = null]) => and(atMost(low, a), atMost(a, high)),
  in: strict((a, ...values) => values.includes(a)),
  and: ([a = null, b = null]) => and(a, b),
  or: ([a = null, b = null]) => not(and(not(a), not(b))),
  not: ([a = null]) => not(a),
  'is-null': ([a = null]) => a === null,
  if: ([condition = null, a = null, b = null]) => (condition === null ? null : condition ? a : b),
  coalesce: (inputs) => inputs.find((input) => input !== null) ?? null,
  concat: strict<string>((...texts) => texts.join('')),
  contains: strict<string>((text, part) => text.includes(part)),
  'starts-with': strict<string>((text, part) => text.startsWith(part)),
  'ends-with': strict<string>((text, part) => text.endsWith(part)),
  year: strict<number>((time) => new Date(time).getUTCFullYear()),
  month: strict<number>((time) => new Date(time).getUTCMonth() + 1),
  day: strict<number>((time) => new Date(time).getUTCDate()),
  hour: strict<number>((time) => new Date(time).getUTCHours()),
  weekday: strict<number>((time) => ((new Date(time).getUTCDay() + 6) % 7) + 1),
}

function roundHalfAway(value: number): number {
  const size = Math.abs(value)
  const below = Math.floor(size)
  return Math.sign(value) * (size - below >= 0.5 ? below + 1 : below)
}
