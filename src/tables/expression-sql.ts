import type { ExpressionType, Operation, TypedExpression } from '../core/expression/typed-expression.ts'
import { quoteName, quoteText } from './quote.ts'

/**
 * An expression over stored rows as DuckDB SQL; its result has the stored type (`storedType`) of its type. Equal to
 * `evaluateExpression` for every row, but for the last digits of `exp`, `log`, `log10` and `^`.
 */
export function expressionSql(expression: TypedExpression): string {
  return asStored(sqlOf(expression), expression.type)
}

/** Inside, every numeric type is a finite DOUBLE or NULL (times are epoch milliseconds), and no text is empty. */
function sqlOf(expression: TypedExpression): string {
  switch (expression.kind) {
    case 'literal':
      return literalSql(expression)
    case 'column':
      return columnSql(quoteName(expression.name), expression.type)
    case 'operation':
      return `(${operationSql[expression.operation](...expression.inputs.map(sqlOf))})`
  }
}

function literalSql({ type, value }: Extract<TypedExpression, { kind: 'literal' }>): string {
  if (value === null) return `CAST(NULL AS ${innerType(type)})`
  if (typeof value === 'string') return quoteText(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return `CAST('${value}' AS DOUBLE)`
}

function columnSql(column: string, type: ExpressionType): string {
  switch (type) {
    case 'number':
      return `(CASE WHEN isfinite(${column}) THEN ${column} END)`
    case 'integer':
      return `CAST(${column} AS DOUBLE)`
    case 'boolean':
      return column
    case 'text':
      return `nullif(${column}, '')`
    case 'date':
    case 'datetime':
      return `CAST(epoch_ms(CAST(${column} AS TIMESTAMP)) AS DOUBLE)`
  }
}

function innerType(type: ExpressionType): string {
  if (type === 'text') return 'VARCHAR'
  return type === 'boolean' ? 'BOOLEAN' : 'DOUBLE'
}

function asStored(sql: string, type: ExpressionType): string {
  switch (type) {
    case 'number':
    case 'boolean':
    case 'text':
      return sql
    case 'integer':
      return `TRY_CAST(${sql} AS BIGINT)`
    case 'date':
      return `CAST(${timestamp(sql)} AS DATE)`
    case 'datetime':
      return timestamp(sql)
  }
}

/** DuckDB copies what stands in `nullif` or `CASE` once for each use; a lambda computes it once. */
const letting = (value: string, body: string): string => `list_transform([${value}], lambda v: ${body})[1]`
const finite = (value: string): string => letting(value, 'CASE WHEN isfinite(v) THEN v END')
const timestamp = (ms: string): string => `make_timestamp(CAST(${ms} AS BIGINT) * 1000)`
const infix =
  (operator: string) =>
  (...inputs: readonly string[]): string =>
    inputs.join(` ${operator} `)
const call =
  (name: string) =>
  (...inputs: readonly string[]): string =>
    `${name}(${inputs.join(', ')})`
const datePart =
  (name: string) =>
  (ms = ''): string =>
    `CAST(${name}(${timestamp(ms)}) AS DOUBLE)`
// `least` and `greatest` pass over nulls; in this order a null comes first.
const firstSorted =
  (order: 'ASC' | 'DESC') =>
  (...inputs: readonly string[]): string =>
    `list_sort([${inputs.join(', ')}], '${order}', 'NULLS FIRST')[1]`

const operationSql: Readonly<Record<Operation, (...inputs: string[]) => string>> = {
  add: (...inputs) => finite(infix('+')(...inputs)),
  subtract: (...inputs) => finite(infix('-')(...inputs)),
  multiply: (...inputs) => finite(infix('*')(...inputs)),
  divide: (...inputs) => finite(infix('/')(...inputs)),
  modulo: (...inputs) => finite(infix('%')(...inputs)),
  power: (...inputs) => finite(call('pow')(...inputs)),
  negate: (value) => `-${value}`,
  abs: call('abs'),
  sign: (value) => `CAST(sign(${value}) AS DOUBLE)`,
  round: call('round'),
  floor: call('floor'),
  ceil: call('ceil'),
  sqrt: (value = '') => letting(value, 'CASE WHEN v >= 0 THEN sqrt(v) END'),
  exp: (value) => finite(`exp(${value})`),
  log: (value = '') => letting(value, 'CASE WHEN v > 0 THEN ln(v) END'),
  log10: (value = '') => letting(value, 'CASE WHEN v > 0 THEN log10(v) END'),
  min: firstSorted('ASC'),
  max: firstSorted('DESC'),
  equal: infix('='),
  less: infix('<'),
  'at-most': infix('<='),
  between: (value, low, high) => `${value} BETWEEN ${low} AND ${high}`,
  in: (value, ...list) => `${value} IN (${list.join(', ')})`,
  and: infix('AND'),
  or: infix('OR'),
  not: (value) => `NOT ${value}`,
  'is-null': (value) => `${value} IS NULL`,
  if: (condition, a, b) =>
    letting(
      `{'condition': ${condition}, 'a': ${a}, 'b': ${b}}`,
      'CASE WHEN v.condition THEN v.a WHEN NOT v.condition THEN v.b END',
    ),
  coalesce: call('coalesce'),
  concat: infix('||'),
  contains: call('contains'),
  'starts-with': call('starts_with'),
  'ends-with': call('ends_with'),
  year: datePart('year'),
  month: datePart('month'),
  day: datePart('day'),
  hour: datePart('hour'),
  weekday: datePart('isodow'),
}
