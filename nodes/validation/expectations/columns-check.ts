import { columnNamed, type Column } from '../../../src/core/columns.ts'
import { checkExpression } from '../../../src/core/expression/check-expression.ts'
import { columnsOfExpression, type TypedExpression } from '../../../src/core/expression/typed-expression.ts'
import { expressionSql } from '../../../src/tables/expression-sql.ts'
import type { RowCheck, RowExpectation } from './row-check.ts'
import { literalSql, valueSql } from './value-sql.ts'

type ListExpectation = Extract<RowExpectation, { column_list: string[] }>
type PairExpectation = Extract<RowExpectation, { column_A: string }>

/** An expectation about columns that are listed. */
export function listCheck(expectation: ListExpectation, columns: readonly Column[]): RowCheck {
  const values = columns.map((column) => `(${valueSql(column)})`)
  const missing = values.map((value) => `${value} IS NULL`).join(' AND ')
  switch (expectation.expectation) {
    case 'expect_compound_columns_to_be_unique':
      return { columns, missing, unexpected: isRepeated(values), dependsOn: { equalValues: values } }
    case 'expect_multicolumn_sum_to_equal':
      return {
        columns,
        missing,
        unexpected: `NOT coalesce(${values.join(' + ')} = ${expectation.sum_total}, false)`,
        dependsOn: 'row',
      }
    case 'expect_select_column_values_to_be_unique_within_record': {
      const pairs = values.flatMap((a, index) => values.slice(index + 1).map((b) => [a, b] as const))
      const equal = pairs.map(([a, b]) => `${a} IS NOT DISTINCT FROM ${b}`)
      return { columns, missing, unexpected: equal.join(' OR '), dependsOn: 'row' }
    }
  }
}

/** Another row has the same values. */
export const isRepeated = (values: readonly string[]): string =>
  `count(*) OVER (PARTITION BY ${values.join(', ')}) > 1`

export function pairCheck(expectation: PairExpectation, columns: readonly [Column, Column]): RowCheck {
  const [a, b] = [`(${valueSql(columns[0])})`, `(${valueSql(columns[1])})`]
  return {
    columns,
    missing: `${a} IS NULL AND ${b} IS NULL`,
    unexpected: unexpectedPair(expectation, columns, [a, b]),
    dependsOn: 'row',
  }
}

function unexpectedPair(
  expectation: PairExpectation,
  columns: readonly [Column, Column],
  [a, b]: readonly [string, string],
): string {
  switch (expectation.expectation) {
    case 'expect_column_pair_values_a_to_be_greater_than_b':
      return `NOT coalesce(${a} ${expectation.or_equal ? '>=' : '>'} ${b}, false)`
    case 'expect_column_pair_values_to_be_equal':
      return `${a} IS DISTINCT FROM ${b}`
    case 'expect_column_pair_values_to_be_in_set': {
      const equals = (value: string, given: string | number | boolean | null, column: Column): string => {
        const literal = given === null ? 'NULL' : literalSql(given, column)
        return literal === undefined ? 'false' : `${value} IS NOT DISTINCT FROM ${literal}`
      }
      const pairs = expectation.value_pairs_set.map(
        ([first, second]) => `(${equals(a, first, columns[0])} AND ${equals(b, second, columns[1])})`,
      )
      return `NOT (${pairs.join(' OR ')})`
    }
  }
}

export function expressionCheck(
  { expression }: { expression: string },
  table: { columns: readonly Column[] },
): RowCheck {
  const condition = conditionOf(expression, table.columns)
  const sql = `(${expressionSql(condition)})`
  const columns = columnsOfExpression(condition).map((name) => columnNamed(table, name)!)
  return { columns, missing: `${sql} IS NULL`, unexpected: `NOT ${sql}`, dependsOn: 'row' }
}

/** An expression that was found to be right before. */
export function conditionOf(text: string, columns: readonly Column[]): TypedExpression {
  const checked = checkExpression(text, columns)
  if ('problem' in checked) throw new TypeError('the expression was checked before')
  return checked.expression
}
