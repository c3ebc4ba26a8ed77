import { columnNamed } from '../../../src/core/columns.ts'
import type { Check } from './check.ts'
import { checkColumn, checkQuantiles, liesBetween } from './check-column.ts'
import { checkDistinctValues } from './check-distinct-values.ts'
import { checkDivergence } from './check-divergence.ts'
import { checkRows } from './check-rows.ts'
import type { Expectation } from './expectation.ts'
import type { ExpectationOutcome } from './outcome.ts'
import type { ColumnToCheck } from './value-sql.ts'

/** What is known of a table without looking at its rows. */
export interface KnownTable {
  count: number
  /** Rows of the table that it is held against, if there is one. */
  otherCount?: number | undefined
  columns: readonly ColumnToCheck[]
}

/** How an expectation is held against a table. */
export function checkOf(expectation: Expectation, table: KnownTable): Check {
  if ('mostly' in expectation) return checkRows(expectation, table)
  if (!('column' in expectation)) return known(checkTable(expectation, table))
  const column = columnNamed(table, expectation.column)
  if (expectation.expectation === 'expect_column_to_exist')
    return known({ success: column !== undefined, result: {} })
  const { type } = column!
  if ('type_' in expectation) {
    const { type_: wanted } = expectation
    return known({ success: type === wanted, result: { observed_value: type } })
  }
  if ('type_list' in expectation)
    return known({ success: expectation.type_list.includes(type), result: { observed_value: type } })
  if ('quantile_ranges' in expectation) return checkQuantiles(expectation, column!)
  if ('partition_object' in expectation) return checkDivergence(expectation, column!)
  if ('value_set' in expectation) return checkDistinctValues(expectation, column!)
  return checkColumn(expectation, column!)
}

const known = (outcome: ExpectationOutcome): Check => ({ aggregates: [], conclude: () => outcome })

type TableExpectation = Exclude<Expectation, { column: string } | { mostly: number }>

function checkTable(expectation: TableExpectation, table: KnownTable): ExpectationOutcome {
  switch (expectation.expectation) {
    case 'expect_table_columns_to_match_set':
      return checkColumnSet(expectation, table)
    case 'expect_table_columns_to_match_ordered_list': {
      const observed = table.columns.map(({ name }) => name)
      const success = JSON.stringify(observed) === JSON.stringify(expectation.column_list)
      return { success, result: { observed_value: observed } }
    }
    case 'expect_table_row_count_to_be_between':
      return counted(table.count, liesBetween(table.count, expectation))
    case 'expect_table_row_count_to_equal':
      return counted(table.count, table.count === expectation.value)
    case 'expect_table_row_count_to_equal_other_table': {
      const { count, otherCount = null } = table
      return { success: count === otherCount, result: { observed_value: { self: count, other: otherCount } } }
    }
    case 'expect_table_column_count_to_be_between':
      return counted(table.columns.length, liesBetween(table.columns.length, expectation))
    case 'expect_table_column_count_to_equal':
      return counted(table.columns.length, table.columns.length === expectation.value)
  }
}

const counted = (count: number, success: boolean): ExpectationOutcome => ({
  success,
  result: { observed_value: count },
})

function checkColumnSet(
  { column_set, exact_match }: Extract<Expectation, { column_set: string[] }>,
  { columns }: KnownTable,
): ExpectationOutcome {
  const observed = columns.map(({ name }) => name)
  const missing = column_set.filter((name) => !observed.includes(name))
  const unexpected = exact_match ? observed.filter((name) => !column_set.includes(name)) : []
  const mismatched = {
    ...(missing.length > 0 && { missing }),
    ...(unexpected.length > 0 && { unexpected }),
  }
  const success = missing.length === 0 && unexpected.length === 0
  return { success, result: { observed_value: observed, ...(!success && { details: { mismatched } }) } }
}
