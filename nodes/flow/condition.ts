import { columnNamed, isNumeric, type Column, type TableShape } from '../../src/core/columns.ts'
import { PipewrightError } from '../../src/core/errors.ts'
import type { ExpressionNode } from '../../src/core/expression/expression.ts'
import { parseExpression } from '../../src/core/expression/parse-expression.ts'
import { typeExpression } from '../../src/core/expression/type-expression.ts'
import {
  columnsOfExpression,
  type ExpressionType,
  type TypedExpression,
} from '../../src/core/expression/typed-expression.ts'
import { nearestName } from '../../src/core/nearest-name.ts'

/** What a condition may ask of a column of a table, as in `mean(age)`. */
export const askedFunctions = [
  'null_share',
  'count',
  'distinct',
  'sum',
  'mean',
  'median',
  'min',
  'max',
  'stdev',
] as const
export type AskedFunction = (typeof askedFunctions)[number]

/** A number that a condition asks of a column; it stands in the expression under its name. */
export interface Asked {
  name: string
  function: AskedFunction
  column: string
}

/** A condition that is understood: what it asks of the table, which metrics it names, and the expression of both. */
export interface Condition {
  expression: TypedExpression
  asked: readonly Asked[]
  metrics: readonly string[]
}

export type ConditionProblem = Pick<PipewrightError, 'message' | 'remedy'>

/**
 * Reads a condition on the rows of a table (`rows`, `columns`, `null_share(age)`, `mean(age)`) and on metrics
 * (`roc_auc`, or `"evaluate.roc_auc"`). `metrics` are those there are; null where any may come.
 */
export function readCondition(
  text: string,
  { table, metrics }: { table: TableShape | null; metrics: readonly string[] | null },
): Condition | { problem: ConditionProblem } {
  try {
    const { root } = parseExpression(text)
    const asked = new Map<string, Asked>()
    const replaced = withoutQuestions(root, { table, asked })
    const ofTable = table ? ['rows', 'columns'] : []
    const names = namesIn(replaced).filter((name) => !asked.has(name) && !ofTable.includes(name))
    const unknown = names.find((name) => metrics !== null && !metrics.includes(name))
    if (unknown !== undefined) return { problem: unknownName(unknown, [...ofTable, ...(metrics ?? [])]) }
    const known = [
      ...ofTable.map((name) => ({ name, type: 'integer' as const })),
      ...[...asked.values()].map((each) => ({ name: each.name, type: typeOf(each, table!) })),
      ...names.map((name) => ({ name, type: 'number' as const })),
    ]
    const expression = typeExpression({ text, root: replaced }, known)
    if (expression.type !== 'boolean') return { problem: notACondition(expression.type) }
    const used = columnsOfExpression(expression)
    return {
      expression,
      asked: [...asked.values()],
      metrics: names.filter((name) => used.includes(name)),
    }
  } catch (thrown) {
    if (thrown instanceof PipewrightError) return { problem: thrown }
    throw thrown
  }
}

interface Scope {
  table: TableShape | null
  asked: Map<string, Asked>
}

/** The tree with a name in place of each question to a column. */
function withoutQuestions(node: ExpressionNode, scope: Scope): ExpressionNode {
  const inner = (each: ExpressionNode): ExpressionNode => withoutQuestions(each, scope)
  switch (node.kind) {
    case 'number':
    case 'text':
    case 'boolean':
    case 'null':
    case 'column':
      return node
    case 'negate':
    case 'not':
    case 'is-null':
      return { ...node, operand: inner(node.operand) }
    case 'binary':
      return { ...node, left: inner(node.left), right: inner(node.right) }
    case 'between':
      return { ...node, operand: inner(node.operand), low: inner(node.low), high: inner(node.high) }
    case 'in':
      return { ...node, operand: inner(node.operand), list: node.list.map(inner) }
    case 'call': {
      const asked = questionOf(node, scope.table)
      if (!asked) return { ...node, inputs: node.inputs.map(inner) }
      scope.asked.set(asked.name, asked)
      return { kind: 'column', name: asked.name, quoted: true, at: node.at }
    }
  }
}

/** `min` and `max` of several values are those of the expression; of one column they are asked of the table. */
function questionOf(node: ExpressionNode & { kind: 'call' }, table: TableShape | null): Asked | null {
  const asked = askedFunctions.find((name) => name === node.name)
  const [input, ...others] = node.inputs
  if (!asked || !input || input.kind !== 'column' || others.length > 0) return null
  const { name: column } = input
  if (!table)
    throw problem(`“${asked}(${column})” is asked of a table, and none is connected.`, 'Connect a table.')
  const found = columnNamed(table, column)
  if (!found && table.known) throw unknownColumn(column, table)
  if (found && !isAnswerable(asked, found))
    throw problem(
      `“${asked}” needs numbers, and “${column}” is ${found.type}.`,
      'Ask for “count”, “distinct” or “null_share”, or choose another column.',
    )
  return { name: `${asked}(${column})`, function: asked, column }
}

function isAnswerable(asked: AskedFunction, { type }: Column): boolean {
  if (type === 'vector') return false
  if (asked === 'null_share' || asked === 'count' || asked === 'distinct') return true
  if (asked === 'min' || asked === 'max') return isNumeric(type)
  return type === 'number' || type === 'integer' || type === 'boolean'
}

function typeOf({ function: asked, column }: Asked, table: TableShape): ExpressionType {
  const type = columnNamed(table, column)?.type
  const isTime = type === 'date' || type === 'datetime'
  return isTime && (asked === 'min' || asked === 'max') ? type : 'number'
}

function namesIn(node: ExpressionNode): string[] {
  if (node.kind === 'column') return [node.name]
  const parts = Object.values(node).flatMap((part): ExpressionNode[] =>
    Array.isArray(part) ? (part as ExpressionNode[]) : isNode(part) ? [part] : [],
  )
  return [...new Set(parts.flatMap(namesIn))]
}

const isNode = (part: unknown): part is ExpressionNode =>
  typeof part === 'object' && part !== null && 'kind' in part

const notACondition = (type: ExpressionType): ConditionProblem => ({
  message: `The condition is a ${type}; it should be true or false.`,
  remedy: 'Compare it with something, as in “rows > 1000” or “roc_auc > 0.8”.',
})

function unknownName(name: string, names: readonly string[]): ConditionProblem {
  const near = nearestName(name, names)
  return {
    message: `There is no metric “${name}”.`,
    remedy: near
      ? `Did you mean “${near}”?`
      : names.length > 0
        ? `There are ${names.map((each) => `“${each}”`).join(', ')}.`
        : 'Connect a table or a report.',
  }
}

function unknownColumn(column: string, table: TableShape): PipewrightError {
  const near = nearestName(
    column,
    table.columns.map(({ name }) => name),
  )
  return problem(
    `There is no column “${column}”.`,
    near ? `Did you mean “${near}”?` : 'Choose another column.',
  )
}

const problem = (message: string, remedy: string): PipewrightError =>
  new PipewrightError({ code: 'expression.condition', kind: 'user', message, remedy, values: {} })
