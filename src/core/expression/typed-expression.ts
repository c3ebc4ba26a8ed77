import type { ColumnType } from '../columns.ts'

/** What an expression can be; whoever computes it holds dates and times as epoch milliseconds, UTC. */
export type ExpressionType = Exclude<ColumnType, 'vector'>

/** An empty text is no value, as is NaN. */
export type ExpressionValue = number | string | boolean | null

/** The few operations that all expressions come down to: each is defined three times, and tested to be equal. */
export const operations = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'modulo',
  'power',
  'negate',
  'abs',
  'sign',
  'round',
  'floor',
  'ceil',
  'sqrt',
  'exp',
  'log',
  'log10',
  'min',
  'max',
  'equal',
  'less',
  'at-most',
  'between',
  'in',
  'and',
  'or',
  'not',
  'is-null',
  'if',
  'coalesce',
  'concat',
  'contains',
  'starts-with',
  'ends-with',
  'year',
  'month',
  'day',
  'hour',
  'weekday',
] as const
export type Operation = (typeof operations)[number]

/** An expression whose columns are known and whose types fit: what is evaluated, emitted and turned into SQL. */
export type TypedExpression =
  | { kind: 'literal'; type: ExpressionType; value: ExpressionValue }
  | { kind: 'column'; type: ExpressionType; name: string }
  | { kind: 'operation'; type: ExpressionType; operation: Operation; inputs: readonly TypedExpression[] }

/** The columns an expression reads, each once, in the order of their first use. */
export function columnsOfExpression(expression: TypedExpression): string[] {
  const names = new Set<string>()
  const visit = (each: TypedExpression): void => {
    if (each.kind === 'column') names.add(each.name)
    if (each.kind === 'operation') for (const input of each.inputs) visit(input)
  }
  visit(expression)
  return [...names]
}
