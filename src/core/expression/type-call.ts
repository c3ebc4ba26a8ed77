import { epochOfDate, msPerDay } from '../epoch-of-date.ts'
import { nearestName } from '../nearest-name.ts'
import { ownValue } from '../own-value.ts'
import { expressionError, placeIn } from './errors.ts'
import { expressionFunctions, type ExpressionFunction } from './functions.ts'
import { makeOperation } from './make-operation.ts'
import { requireType, unify, type Operand, type Requirement, type Typed } from './require-type.ts'
import type { ExpressionType, TypedExpression } from './typed-expression.ts'

/** Types the call of a function, whose name may be written in any case. */
export function typeCall(call: {
  name: string
  at: number
  operands: readonly Operand[]
  text: string
}): Typed {
  const { at, operands, text } = call
  const name = call.name.toLowerCase()
  const known = ownValue(expressionFunctions, name)
  if (!known) throw unknownFunction(call)
  checkCount(known, call)
  const requirement: Requirement = { text, what: `“${name}”` }
  checkLiterals(known, operands, requirement)
  const { inputs, same } = typedInputs(known, operands, requirement)
  if (known.result === 'same' && same === null) return { kind: 'null' }
  const type = known.result === 'same' ? same! : known.result
  if (known.operation === 'concat') return joined(inputs)
  if (known.operation) return makeOperation(known.operation, type, inputs)
  const [first, second, third] = inputs as [Typed, Typed, Typed]
  switch (name) {
    case 'clip':
      return makeOperation('min', type, [makeOperation('max', type, [first, second]), third])
    case 'days_between':
      return makeOperation('divide', 'number', [
        makeOperation('subtract', 'number', [second, first]),
        { kind: 'literal', type: 'integer', value: msPerDay },
      ])
    case 'date':
    case 'datetime':
      return timeLiteral(first as TypedExpression, name, { text, at: operands[0]?.at ?? at })
    default:
      throw new TypeError(`the function ${name} has no meaning`)
  }
}

/** Texts joined in pairs of pairs: DuckDB nests what is joined from left to right, and ends at 1 000 deep. */
function joined(texts: readonly Typed[]): Typed {
  if (texts.length === 1) return texts[0]!
  const half = Math.ceil(texts.length / 2)
  return makeOperation('concat', 'text', [joined(texts.slice(0, half)), joined(texts.slice(half))])
}

function typedInputs(
  known: ExpressionFunction,
  operands: readonly Operand[],
  requirement: Requirement,
): { inputs: Typed[]; same: ExpressionType | null } {
  const wanted = operands.map((_, index) => known.inputs[index] ?? known.inputs.at(-1)!)
  const required = operands.map((operand, index) => requireType(operand, wanted[index]!, requirement))
  const alike = operands.filter((_, index) => wanted[index] === 'ordered' || wanted[index] === 'any')
  const { type: same, inputs: unified } = unify(alike, requirement)
  const inputs = operands.map((operand, index) => {
    const place = alike.indexOf(operand)
    return place === -1 ? required[index]! : unified[place]!
  })
  return { inputs, same }
}

function checkCount(
  known: ExpressionFunction,
  { name, at, operands, text }: Parameters<typeof typeCall>[0],
): void {
  const least = known.inputs.length
  if (operands.length === least || (known.repeats && operands.length > least)) return
  throw expressionError('wrong-count', {
    ...placeIn(text, at),
    name: name.toLowerCase(),
    wanted: `${known.repeats ? 'at least ' : ''}${least} ${least === 1 ? 'value' : 'values'}`,
    given: operands.length,
    signature: known.signature,
  })
}

function checkLiterals(
  known: ExpressionFunction,
  operands: readonly Operand[],
  { text, what }: Requirement,
): void {
  for (const index of known.literal ?? []) {
    const { typed, at } = operands[index]!
    if (typed.kind === 'literal' && typed.value !== null) continue
    throw expressionError('not-a-literal', {
      ...placeIn(text, at),
      what,
      wanted: 'a text',
      hint: `Write ${known.signature}.`,
    })
  }
}

function timeLiteral(
  literal: TypedExpression,
  type: 'date' | 'datetime',
  { text, at }: { text: string; at: number },
): TypedExpression {
  const written = literal.kind === 'literal' ? String(literal.value) : ''
  const value = epochOfDate(written, type)
  if (value !== undefined) return { kind: 'literal', type, value }
  const example = expressionFunctions[type]!.signature
  const what = type === 'date' ? 'date' : 'date and time'
  throw expressionError('bad-date', { ...placeIn(text, at), text: written, what, example })
}

function unknownFunction({ name, at, text }: { name: string; at: number; text: string }): Error {
  const names = Object.keys(expressionFunctions)
  const near = nearestName(name, names)
  const hint = near ? `Did you mean “${near}”?` : `The functions are ${names.join(', ')}.`
  return expressionError('unknown-function', { ...placeIn(text, at), name, hint })
}
