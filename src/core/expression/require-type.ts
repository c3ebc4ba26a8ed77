import { expressionError, placeIn } from './errors.ts'
import type { FunctionInput } from './functions.ts'
import type { ExpressionType, TypedExpression } from './typed-expression.ts'

/** `null` fits every type; it gets one from what stands beside it. */
export interface UntypedNull {
  kind: 'null'
}
export type Typed = TypedExpression | UntypedNull

/** Something that has been typed, and where it stands. */
export interface Operand {
  typed: Typed
  at: number
}
/** Who needs a type, for messages: `{ text, what: '“year”' }`. */
export interface Requirement {
  text: string
  what: string
}

/** The operand, if it is of a wanted kind; else an `expression.wrong-type` error. */
export function requireType(
  { typed, at }: Operand,
  wanted: FunctionInput,
  { text, what }: Requirement,
): TypedExpression {
  if (typed.kind === 'null') return { kind: 'literal', type: typeOfNull[wanted], value: null }
  if (accepted[wanted].includes(typed.type)) return typed
  throw expressionError('wrong-type', {
    ...placeIn(text, at),
    what,
    wanted: descriptions[wanted],
    given: describe(typed),
    hint: hintFor(typed, wanted),
  })
}

/** The operands as one type: numbers together, dates and times together, else all of the same. */
export function unify(
  operands: readonly Operand[],
  requirement: Requirement,
): { type: ExpressionType | null; inputs: Typed[] } {
  const first = operands.find(({ typed }) => typed.kind !== 'null')?.typed as TypedExpression | undefined
  if (!first) return { type: null, inputs: operands.map(({ typed }) => typed) }
  const family = familyOf(first.type)
  const inputs = operands.map((operand) => requireType(operand, family, requirement))
  const types = new Set(operands.flatMap(({ typed }) => (typed.kind === 'null' ? [] : [typed.type])))
  return { type: types.size === 1 ? first.type : family === 'date' ? 'datetime' : 'number', inputs }
}

function familyOf(type: ExpressionType): FunctionInput {
  switch (type) {
    case 'number':
    case 'integer':
      return 'number'
    case 'date':
    case 'datetime':
      return 'date'
    case 'boolean':
    case 'text':
      return type
  }
}

const every: readonly ExpressionType[] = ['number', 'integer', 'boolean', 'text', 'date', 'datetime']
const accepted: Readonly<Record<FunctionInput, readonly ExpressionType[]>> = {
  number: ['number', 'integer'],
  ordered: ['number', 'integer', 'date', 'datetime'],
  text: ['text'],
  date: ['date', 'datetime'],
  datetime: ['datetime'],
  boolean: ['boolean'],
  any: every,
}
const typeOfNull: Readonly<Record<FunctionInput, ExpressionType>> = {
  number: 'number',
  ordered: 'number',
  text: 'text',
  date: 'datetime',
  datetime: 'datetime',
  boolean: 'boolean',
  any: 'number',
}
const descriptions: Readonly<Record<FunctionInput, string>> = {
  number: 'a number',
  ordered: 'a number, date or time',
  text: 'a text',
  date: 'a date or time',
  datetime: 'a time',
  boolean: 'a condition (true or false)',
  any: 'a value',
}
const names: Readonly<Record<ExpressionType, string>> = {
  number: 'number',
  integer: 'whole number',
  boolean: 'condition',
  text: 'text',
  date: 'date',
  datetime: 'time',
}

function describe(typed: TypedExpression): string {
  if (typed.kind === 'column') return `“${typed.name}”, which is of type ${typed.type}`
  return `a ${names[typed.type]}`
}

function hintFor(typed: TypedExpression, wanted: FunctionInput): string {
  const isText = typed.type === 'text'
  if (isText && typed.kind === 'literal')
    return wanted === 'date' || wanted === 'datetime' || wanted === 'ordered'
      ? "Write a date as date('2024-01-31'), a time as datetime('2024-01-31 13:45:00')."
      : 'Text stands in single quotes; write numbers, columns and conditions without them.'
  if (wanted === 'boolean') return 'Compare it with something, as in x > 0.'
  if (wanted === 'text') return 'Give the column the type text first, with a cast.'
  if (typed.type === 'boolean') return 'Turn a condition into a number with if(x, 1, 0).'
  if (wanted === 'number' && !isText)
    return 'Make a number of a date with year(x), month(x), weekday(x) or days_between(a, b).'
  return 'Give the column another type first, with a cast.'
}
