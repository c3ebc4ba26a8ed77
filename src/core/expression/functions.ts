import type { Operation } from './typed-expression.ts'

/** What a function takes: numbers; a number, date or time; text; a date or time; anything of one type. */
export type FunctionInput = 'number' | 'ordered' | 'text' | 'date' | 'datetime' | 'boolean' | 'any'

export interface ExpressionFunction {
  signature: string
  /** One sentence, for help and the reference page. */
  summary: string
  inputs: readonly FunctionInput[]
  /** The last input may be given again and again. */
  repeats?: boolean
  /** Inputs that must be written out, by index. */
  literal?: readonly number[]
  /** `same`: the type of the inputs that are `ordered` or `any`. */
  result: 'number' | 'integer' | 'boolean' | 'text' | 'same' | 'date' | 'datetime'
  /** The operation it is; the others are made of several, in `typeExpression`. */
  operation?: Operation
}

const ofNumber = (operation: Operation, summary: string): ExpressionFunction => ({
  signature: `${operation}(x)`,
  summary,
  inputs: ['number'],
  result: 'number',
  operation,
})
const ofDate = (operation: Operation, summary: string): ExpressionFunction => ({
  signature: `${operation}(x)`,
  summary,
  inputs: [operation === 'hour' ? 'datetime' : 'date'],
  result: 'integer',
  operation,
})
const ofPart = (operation: Operation, name: string, summary: string): ExpressionFunction => ({
  signature: `${name}(x, 'part')`,
  summary,
  inputs: ['text', 'text'],
  literal: [1],
  result: 'boolean',
  operation,
})

export const expressionFunctions: Readonly<Record<string, ExpressionFunction>> = {
  abs: ofNumber('abs', 'The size of a number without its sign.'),
  sign: ofNumber('sign', '1, 0 or -1: whether a number is above, at or below zero.'),
  round: ofNumber('round', 'The nearest whole number; halves go away from zero.'),
  floor: ofNumber('floor', 'The next whole number below.'),
  ceil: ofNumber('ceil', 'The next whole number above.'),
  sqrt: ofNumber('sqrt', 'The square root; no value below zero.'),
  exp: ofNumber('exp', 'e to the power of x.'),
  log: ofNumber('log', 'The natural logarithm; no value at or below zero.'),
  log10: ofNumber('log10', 'The logarithm to base 10; no value at or below zero.'),
  min: {
    signature: 'min(a, b, …)',
    summary: 'The smallest of several numbers, dates or times of one row.',
    inputs: ['ordered', 'ordered'],
    repeats: true,
    result: 'same',
    operation: 'min',
  },
  max: {
    signature: 'max(a, b, …)',
    summary: 'The largest of several numbers, dates or times of one row.',
    inputs: ['ordered', 'ordered'],
    repeats: true,
    result: 'same',
    operation: 'max',
  },
  clip: {
    signature: 'clip(x, low, high)',
    summary: 'x, or the bound that it lies beyond.',
    inputs: ['ordered', 'ordered', 'ordered'],
    result: 'same',
  },
  if: {
    signature: 'if(condition, a, b)',
    summary: 'a where the condition is true, b where it is false, no value where it has none.',
    inputs: ['boolean', 'any', 'any'],
    result: 'same',
    operation: 'if',
  },
  coalesce: {
    signature: 'coalesce(a, b, …)',
    summary: 'The first that is not null.',
    inputs: ['any', 'any'],
    repeats: true,
    result: 'same',
    operation: 'coalesce',
  },
  concat: {
    signature: 'concat(a, b, …)',
    summary: 'Texts joined into one.',
    inputs: ['text', 'text'],
    repeats: true,
    result: 'text',
    operation: 'concat',
  },
  contains: ofPart('contains', 'contains', 'Whether a text holds another, upper and lower case told apart.'),
  starts_with: ofPart('starts-with', 'starts_with', 'Whether a text begins with another.'),
  ends_with: ofPart('ends-with', 'ends_with', 'Whether a text ends with another.'),
  year: ofDate('year', 'The year of a date or time.'),
  month: ofDate('month', 'The month, 1 to 12.'),
  day: ofDate('day', 'The day of the month, 1 to 31.'),
  weekday: ofDate('weekday', 'The day of the week, 1 for Monday to 7 for Sunday.'),
  hour: ofDate('hour', 'The hour of a time, 0 to 23, in UTC.'),
  days_between: {
    signature: 'days_between(from, to)',
    summary: 'How many days lie between two dates or times; below zero when `to` is the earlier one.',
    inputs: ['date', 'date'],
    result: 'number',
  },
  date: {
    signature: "date('2024-01-31')",
    summary: 'A date that is written out.',
    inputs: ['text'],
    literal: [0],
    result: 'date',
  },
  datetime: {
    signature: "datetime('2024-01-31 13:45:00')",
    summary: 'A time that is written out, in UTC.',
    inputs: ['text'],
    literal: [0],
    result: 'datetime',
  },
}
