import { columnNamed, type Column } from '../../../src/core/columns.ts'
import { quoteText } from '../../../src/tables/quote.ts'
import type { RowCheck, RowExpectation } from './row-check.ts'
import { expressionCheck, isRepeated, listCheck, pairCheck } from './columns-check.ts'
import { placeColumn } from './rows-to-look-at.ts'
import { unexpectedText, type TextExpectation } from './text-check.ts'
import { textExpectations } from './text-expectations.ts'
import { literalSql, valueSql } from './value-sql.ts'

/** How an expectation about rows is checked. */
export function rowCheckOf(expectation: RowExpectation, table: { columns: readonly Column[] }): RowCheck {
  if ('expression' in expectation) return expressionCheck(expectation, table)
  const named = (name: string): Column => columnNamed(table, name)!
  if ('column_list' in expectation) return listCheck(expectation, expectation.column_list.map(named))
  if ('column_A' in expectation)
    return pairCheck(expectation, [named(expectation.column_A), named(expectation.column_B)])
  return valueCheck(expectation, named(expectation.column))
}

type ValueExpectation = Extract<RowExpectation, { column: string }>

function valueCheck(expectation: ValueExpectation, column: Column): RowCheck {
  const value = `(${valueSql(column)})`
  const nulls = `count(*) - count(${value})`
  const unexpected = unexpectedValue(expectation, column, value)
  const check = { columns: [column], unexpected, dependsOn: dependenceOf(expectation, value) }
  const { expectation: name } = expectation
  if (name === 'expect_column_values_to_not_be_null')
    return { ...check, missing: 'false', counts: { missing: '0', unexpected: nulls } }
  if (name === 'expect_column_values_to_be_null')
    return { ...check, missing: 'false', counts: { missing: '0', unexpected: `count(${value})` } }
  const found =
    name === 'expect_column_values_to_be_between'
      ? noneOutside(expectation, column, value)
      : `count(*) FILTER ((${unexpected}) AND ${value} IS NOT NULL)`
  return { ...check, missing: `${value} IS NULL`, counts: { missing: nulls, unexpected: found } }
}

function dependenceOf({ expectation }: ValueExpectation, value: string): RowCheck['dependsOn'] {
  if (expectation === 'expect_column_values_to_be_unique') return { equalValues: [value] }
  return aboutOtherRows.has(expectation) ? 'rows' : 'row'
}

const aboutOtherRows: ReadonlySet<ValueExpectation['expectation']> = new Set([
  'expect_column_values_to_be_increasing',
  'expect_column_values_to_be_decreasing',
  'expect_column_value_z_scores_to_be_less_than',
])

function unexpectedValue(expectation: ValueExpectation, column: Column, value: string): string {
  if (isAboutText(expectation)) return unexpectedText(expectation, value)
  switch (expectation.expectation) {
    case 'expect_column_values_to_not_be_null':
      return `${value} IS NULL`
    case 'expect_column_values_to_be_null':
      return `${value} IS NOT NULL`
    case 'expect_column_values_to_be_unique':
      return isRepeated([value])
    case 'expect_column_values_to_be_in_set':
      return `NOT (${inSet(expectation.value_set, column, value)})`
    case 'expect_column_values_to_not_be_in_set':
      return inSet(expectation.value_set, column, value)
    case 'expect_column_values_to_be_between':
      return `NOT (${between(expectation, ofEach(value), literalIn(column))})`
    case 'expect_column_value_lengths_to_be_between':
      return `NOT (${between(expectation, ofEach(`length(${value})`), String)})`
    case 'expect_column_values_to_match_regex':
      return `NOT regexp_matches(${value}, ${quoteText(expectation.regex)})`
    case 'expect_column_values_to_not_match_regex':
      return `regexp_matches(${value}, ${quoteText(expectation.regex)})`
    case 'expect_column_value_lengths_to_equal':
      return `length(${value}) <> ${expectation.value}`
    case 'expect_column_values_to_match_regex_list': {
      const matches = expectation.regex_list.map((regex) => `regexp_matches(${value}, ${quoteText(regex)})`)
      return `NOT (${matches.join(expectation.match_on === 'any' ? ' OR ' : ' AND ')})`
    }
    case 'expect_column_values_to_not_match_regex_list':
      return expectation.regex_list
        .map((regex) => `regexp_matches(${value}, ${quoteText(regex)})`)
        .join(' OR ')
    case 'expect_column_values_to_be_increasing':
      return `${value} ${expectation.strictly ? '<=' : '<'} ${valueBefore(value)}`
    case 'expect_column_values_to_be_decreasing':
      return `${value} ${expectation.strictly ? '>=' : '>'} ${valueBefore(value)}`
    case 'expect_column_value_z_scores_to_be_less_than': {
      const score = `(${value} - avg(${value}) OVER ()) / stddev_samp(${value}) OVER ()`
      return `${expectation.double_sided ? `abs(${score})` : score} >= ${expectation.threshold}`
    }
  }
}

function isAboutText(expectation: ValueExpectation): expectation is TextExpectation {
  return textExpectations.some(({ shape }) => shape.expectation.value === expectation.expectation)
}

/** The last value above that is not missing. */
const valueBefore = (value: string): string => `lag(${value} IGNORE NULLS) OVER (ORDER BY ${placeColumn})`

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

/** Zero where the least and the greatest value say that none is unexpected, else null: then they are to be counted. */
function noneOutside(bounds: Bounds, column: Column, value: string): string {
  const ends = { least: `min(${value})`, greatest: `max(${value})` }
  return `CASE WHEN coalesce(${between(bounds, ends, literalIn(column))}, true) THEN 0 END`
}

function between(
  bounds: Bounds,
  { least, greatest }: { least: string; greatest: string },
  literal: (bound: string | number) => string,
): string {
  const { min_value, max_value, strict_min, strict_max } = bounds
  const conditions = [
    ...(min_value === undefined ? [] : [`${least} ${strict_min ? '>' : '>='} ${literal(min_value)}`]),
    ...(max_value === undefined ? [] : [`${greatest} ${strict_max ? '<' : '<='} ${literal(max_value)}`]),
  ]
  return conditions.length === 0 ? 'true' : conditions.join(' AND ')
}

const ofEach = (value: string) => ({ least: value, greatest: value })

const literalIn = (column: Column) => (bound: string | number) => literalSql(bound, column) ?? 'NULL'
