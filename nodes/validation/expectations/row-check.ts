import type { Column } from '../../../src/core/columns.ts'
import { quoteName, quoteText } from '../../../src/tables/quote.ts'
import type { Expectation } from './expectation.ts'

/** An expectation about single rows, in SQL over the columns that it looks at. */
export interface RowCheck {
  /** The columns that it looks at, in order. */
  columns: readonly Column[]
  /** True where a row does not count. */
  missing: string
  /** True where a row that counts is not as expected. */
  unexpected: string
}

export type RowExpectation = Extract<Expectation, { mostly: number }>

type ColumnNamed = (name: string) => Column

/** A column’s value; a number that is none (NaN) is missing, as in pandas. */
export function valueSql({ name, type }: Column): string {
  const column = quoteName(name)
  return type === 'number' ? `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} END` : column
}

/** A value of a column, or what SQL makes of its values, as JSON shows it. */
export function shownSql(column: Column, value = `(${valueSql(column)})`): string {
  switch (column.type) {
    case 'integer':
      return `${value}::DOUBLE`
    case 'date':
      return `strftime(${value}, '%Y-%m-%d')`
    case 'datetime':
      return `strftime(${value}, '%Y-%m-%dT%H:%M:%S.%gZ')`
    case 'number':
    case 'boolean':
    case 'text':
    case 'vector':
      return value
  }
}

export function rowCheckOf(expectation: RowExpectation, columnNamed: ColumnNamed): RowCheck {
  if ('column_list' in expectation) return compoundCheck(expectation.column_list.map(columnNamed))
  if ('column_A' in expectation) return pairCheck(expectation, columnNamed)
  return valueCheck(expectation, columnNamed(expectation.column))
}

function compoundCheck(columns: readonly Column[]): RowCheck {
  const values = columns.map((column) => `(${valueSql(column)})`)
  return {
    columns,
    missing: values.map((value) => `${value} IS NULL`).join(' AND '),
    unexpected: `count(*) OVER (PARTITION BY ${values.join(', ')}) > 1`,
  }
}

function pairCheck(
  expectation: Extract<RowExpectation, { column_A: string }>,
  columnNamed: ColumnNamed,
): RowCheck {
  const columns = [columnNamed(expectation.column_A), columnNamed(expectation.column_B)]
  const [a, b] = columns.map((column) => `(${valueSql(column)})`)
  return {
    columns,
    missing: `${a} IS NULL AND ${b} IS NULL`,
    unexpected: `NOT coalesce(${a} ${expectation.or_equal ? '>=' : '>'} ${b}, false)`,
  }
}

type ValueExpectation = Extract<RowExpectation, { column: string }>

function valueCheck(expectation: ValueExpectation, column: Column): RowCheck {
  const value = `(${valueSql(column)})`
  const aboutNulls =
    expectation.expectation === 'expect_column_values_to_not_be_null' ||
    expectation.expectation === 'expect_column_values_to_be_null'
  return {
    columns: [column],
    missing: aboutNulls ? 'false' : `${value} IS NULL`,
    unexpected: unexpectedValue(expectation, column, value),
  }
}

function unexpectedValue(expectation: ValueExpectation, column: Column, value: string): string {
  switch (expectation.expectation) {
    case 'expect_column_values_to_not_be_null':
      return `${value} IS NULL`
    case 'expect_column_values_to_be_null':
      return `${value} IS NOT NULL`
    case 'expect_column_values_to_be_unique':
      return `count(*) OVER (PARTITION BY ${value}) > 1`
    case 'expect_column_values_to_be_in_set':
      return `NOT (${inSet(expectation.value_set, column, value)})`
    case 'expect_column_values_to_not_be_in_set':
      return inSet(expectation.value_set, column, value)
    case 'expect_column_values_to_be_between':
      return `NOT (${between(expectation, value, (bound) => literalSql(bound, column) ?? 'NULL')})`
    case 'expect_column_value_lengths_to_be_between':
      return `NOT (${between(expectation, `length(${value})`, String)})`
    case 'expect_column_values_to_match_regex':
      return `NOT regexp_matches(${value}, ${quoteText(expectation.regex)})`
    case 'expect_column_values_to_not_match_regex':
      return `regexp_matches(${value}, ${quoteText(expectation.regex)})`
  }
}

function inSet(set: readonly (string | number | boolean)[], column: Column, value: string): string {
  const literals = set.flatMap((member) => literalSql(member, column) ?? [])
  return literals.length === 0 ? 'false' : `${value} IN (${literals.join(', ')})`
}

interface Bounds {
  min_value?: string | number | undefined
  max_value?: string | number | undefined
  strict_min?: boolean
  strict_max?: boolean
}

function between(bounds: Bounds, value: string, literal: (bound: string | number) => string): string {
  const { min_value, max_value, strict_min, strict_max } = bounds
  const conditions = [
    ...(min_value === undefined ? [] : [`${value} ${strict_min ? '>' : '>='} ${literal(min_value)}`]),
    ...(max_value === undefined ? [] : [`${value} ${strict_max ? '<' : '<='} ${literal(max_value)}`]),
  ]
  return conditions.length === 0 ? 'true' : conditions.join(' AND ')
}

/** A given value as a literal of the column’s type; undefined where the column cannot hold it. */
export function literalSql(value: string | number | boolean, { type }: Column): string | undefined {
  switch (type) {
    case 'text':
      return quoteText(String(value))
    case 'boolean':
      return value === true || value === 'true'
        ? 'true'
        : value === false || value === 'false'
          ? 'false'
          : undefined
    case 'number':
    case 'integer': {
      const number = typeof value === 'number' ? value : Number(value)
      return typeof value === 'boolean' || !Number.isFinite(number) ? undefined : `${number}::DOUBLE`
    }
    case 'date':
    case 'datetime': {
      const time = Date.parse(String(value))
      return Number.isNaN(time) ? undefined : `epoch_ms(${time})`
    }
    case 'vector':
      return undefined
  }
}
