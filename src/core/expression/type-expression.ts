import type { Column } from '../columns.ts'
import { nearestName } from '../nearest-name.ts'
import { chooseColumn } from '../unknown-column.ts'
import { expressionError, placeIn } from './errors.ts'
import type { BinaryOperator, Expression, ExpressionNode } from './expression.ts'
import { makeOperation } from './make-operation.ts'
import { requireType, unify, type Operand, type Requirement, type Typed } from './require-type.ts'
import { typeCall } from './type-call.ts'
import type { Operation, TypedExpression } from './typed-expression.ts'

type Columns = readonly Pick<Column, 'name' | 'type'>[]

/**
 * Types an expression against the columns of a table. Throws `expression` errors: unknown columns and functions,
 * types that do not fit, an expression that is the same for every row.
 */
export function typeExpression(expression: Expression, columns: Columns): TypedExpression {
  const { text, root } = expression
  const typed = typeNode(root, { text, columns })
  if (typed.kind === 'column' || typed.kind === 'operation') return typed
  throw expressionError('constant', { ...placeIn(text, root.at), value: describeConstant(typed) })
}

function describeConstant(typed: Extract<Typed, { kind: 'literal' | 'null' }>): string {
  if (typed.kind === 'null' || typed.value === null) return 'no value'
  const isTime = typed.type === 'date' || typed.type === 'datetime'
  return isTime ? new Date(Number(typed.value)).toISOString() : String(typed.value)
}

interface Scope {
  text: string
  columns: Columns
}

function typeNode(node: ExpressionNode, scope: Scope): Typed {
  const operandOf = (each: ExpressionNode): Operand => ({ typed: typeNode(each, scope), at: each.at })
  const needs = (what: string): Requirement => ({ text: scope.text, what: `“${what}”` })
  switch (node.kind) {
    case 'number':
      return {
        kind: 'literal',
        type: Number.isSafeInteger(node.value) ? 'integer' : 'number',
        value: node.value,
      }
    case 'text':
      return node.value === '' ? { kind: 'null' } : { kind: 'literal', type: 'text', value: node.value }
    case 'boolean':
      return { kind: 'literal', type: 'boolean', value: node.value }
    case 'null':
      return { kind: 'null' }
    case 'column':
      return typeColumn(node, scope)
    case 'negate': {
      const operand = requireType(operandOf(node.operand), 'number', needs('-'))
      return makeOperation('negate', operand.type, [operand])
    }
    case 'not':
      return makeOperation('not', 'boolean', [requireType(operandOf(node.operand), 'boolean', needs('not'))])
    case 'binary':
      return typeBinary(node.operator, [operandOf(node.left), operandOf(node.right)], needs(node.operator))
    case 'is-null':
      return negatedIf(node.negated, isNull(typeNode(node.operand, scope)))
    case 'between': {
      const operands = [node.operand, node.low, node.high].map(operandOf)
      for (const operand of operands) requireType(operand, 'ordered', needs('between'))
      const { inputs } = unify(operands, needs('between'))
      return negatedIf(node.negated, makeOperation('between', 'boolean', inputs))
    }
    case 'in':
      return negatedIf(node.negated, typeIn(operandOf(node.operand), node.list.map(operandOf), needs('in')))
    case 'call':
      return typeCall({
        name: node.name,
        at: node.at,
        operands: node.inputs.map(operandOf),
        text: scope.text,
      })
  }
}

function typeColumn(
  { name, quoted, at }: Extract<ExpressionNode, { kind: 'column' }>,
  { text, columns }: Scope,
): Typed {
  const column = columns.find((candidate) => candidate.name === name)
  if (column && column.type !== 'vector') return { kind: 'column', type: column.type, name }
  if (column) throw expressionError('vector-column', { ...placeIn(text, at), name })
  const names = columns.flatMap((candidate) => (candidate.type === 'vector' ? [] : [candidate.name]))
  const near = nearestName(name, names)
  const hint = near
    ? `Did you mean “${near}”?`
    : quoted
      ? 'A text stands in single quotes; double quotes are for columns.'
      : `${chooseColumn(names)} A text stands in single quotes.`
  throw expressionError('unknown-column', { ...placeIn(text, at), name, hint })
}

const arithmetic: Readonly<Partial<Record<BinaryOperator, Operation>>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'modulo',
  '^': 'power',
}

function typeBinary(
  operator: BinaryOperator,
  operands: readonly [Operand, Operand],
  requirement: Requirement,
): Typed {
  const computes = arithmetic[operator]
  if (computes)
    return makeOperation(
      computes,
      'number',
      operands.map((operand) => requireType(operand, 'number', requirement)),
    )
  if (operator === 'and' || operator === 'or')
    return makeOperation(
      operator,
      'boolean',
      operands.map((operand) => requireType(operand, 'boolean', requirement)),
    )
  return typeComparison(operator as keyof typeof comparisons, operands, requirement)
}

const comparisons = {
  '=': (a: Typed, b: Typed) => makeOperation('equal', 'boolean', [a, b]),
  '<>': (a: Typed, b: Typed) => negatedIf(true, makeOperation('equal', 'boolean', [a, b])),
  '<': (a: Typed, b: Typed) => makeOperation('less', 'boolean', [a, b]),
  '>': (a: Typed, b: Typed) => makeOperation('less', 'boolean', [b, a]),
  '<=': (a: Typed, b: Typed) => makeOperation('at-most', 'boolean', [a, b]),
  '>=': (a: Typed, b: Typed) => makeOperation('at-most', 'boolean', [b, a]),
} satisfies Partial<Record<BinaryOperator, unknown>>

function typeComparison(
  operator: keyof typeof comparisons,
  operands: readonly [Operand, Operand],
  requirement: Requirement,
): Typed {
  const missing = operands.find(({ typed }) => typed.kind === 'null')
  if (missing) throw expressionError('null-compared', placeIn(requirement.text, missing.at))
  if (operator !== '=' && operator !== '<>')
    for (const operand of operands) requireType(operand, 'ordered', requirement)
  const [left, right] = unify(operands, requirement).inputs as [Typed, Typed]
  return comparisons[operator](left, right)
}

function typeIn(operand: Operand, list: readonly Operand[], requirement: Requirement): Typed {
  for (const { typed, at } of list)
    if (typed.kind !== 'literal' || typed.value === null)
      throw expressionError('not-a-literal', {
        ...placeIn(requirement.text, at),
        what: requirement.what,
        wanted: 'a value',
        hint: 'Compare with columns by =, joined by “or”; ask for null with “is null”.',
      })
  return makeOperation('in', 'boolean', unify([operand, ...list], requirement).inputs)
}

function isNull(typed: Typed): Typed {
  if (typed.kind === 'null') return { kind: 'literal', type: 'boolean', value: true }
  return makeOperation('is-null', 'boolean', [typed])
}

const negatedIf = (negated: boolean, typed: Typed): Typed =>
  negated ? makeOperation('not', 'boolean', [typed]) : typed
