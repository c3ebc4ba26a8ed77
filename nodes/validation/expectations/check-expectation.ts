import { columnNamed, type Column } from '../../../src/core/columns.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { checkColumn, checkQuantiles, liesBetween } from './check-column.ts'
import { checkDistinctValues } from './check-distinct-values.ts'
import { checkDivergence } from './check-divergence.ts'
import { checkRows } from './check-rows.ts'
import type { Expectation } from './expectation.ts'
import type { ExpectationOutcome } from './outcome.ts'
import { rowsToLookAt } from './rows-to-look-at.ts'

export interface CheckedTable {
  /** A query for all stored and computed columns that any expectation looks at. */
  rows: string
  count: number
  columns: readonly Column[]
}

/** Holds one expectation against a table. */
export async function checkExpectation(
  database: DuckDb,
  expectation: Expectation,
  table: CheckedTable,
): Promise<ExpectationOutcome> {
  if ('mostly' in expectation) {
    return checkRows(database, expectation, {
      rows: rowsToLookAt(expectation, table),
      columns: table.columns,
    })
  }
  if (!('column' in expectation)) return checkTable(expectation, table)
  const column = columnNamed(table, expectation.column)
  if (expectation.expectation === 'expect_column_to_exist')
    return { success: column !== undefined, result: {} }
  const { type } = column!
  if ('type_' in expectation) {
    const { type_: wanted } = expectation
    return { success: type === wanted, result: { observed_value: type } }
  }
  if ('type_list' in expectation)
    return { success: expectation.type_list.includes(type), result: { observed_value: type } }
  const looked = { rows: rowsToLookAt(expectation, table), column: column! }
  if ('quantile_ranges' in expectation) return checkQuantiles(database, expectation, looked)
  if ('partition_object' in expectation) return checkDivergence(database, expectation, looked)
  if ('value_set' in expectation) return checkDistinctValues(database, expectation, looked)
  return checkColumn(database, expectation, looked)
}

type TableExpectation = Exclude<Expectation, { column: string } | { mostly: number }>

function checkTable(expectation: TableExpectation, table: CheckedTable): ExpectationOutcome {
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
  { columns }: CheckedTable,
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
