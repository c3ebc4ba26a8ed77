import { columnNamed, type Column } from '../../../src/core/columns.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { checkColumn, checkQuantiles, liesBetween } from './check-column.ts'
import { checkRows } from './check-rows.ts'
import type { Expectation } from './expectation.ts'
import type { ExpectationOutcome } from './outcome.ts'

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
  const named = (name: string): Column => columnNamed(table, name)!
  if ('mostly' in expectation) {
    return checkRows(database, expectation, { rows: table.rows, columnNamed: named })
  }
  if ('column_set' in expectation) return checkColumnSet(expectation, table)
  if (!('column' in expectation)) {
    return { success: liesBetween(table.count, expectation), result: { observed_value: table.count } }
  }
  const column = named(expectation.column)
  if ('type_' in expectation) {
    const { type_: wanted } = expectation
    return { success: column.type === wanted, result: { observed_value: column.type } }
  }
  if ('quantile_ranges' in expectation) {
    return checkQuantiles(database, expectation, { rows: table.rows, column })
  }
  return checkColumn(database, expectation, { rows: table.rows, column })
}

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
