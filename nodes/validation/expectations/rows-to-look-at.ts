import type { Column } from '../../../src/core/columns.ts'
import { expressionSql } from '../../../src/tables/expression-sql.ts'
import { quoteName } from '../../../src/tables/quote.ts'
import { conditionOf } from './columns-check.ts'
import type { Expectation } from './expectation.ts'

/** Where a row stands in the table, from 0. */
export const placeColumn = quoteName(' place of the row')

/** A query for the rows that an expectation is about, each with its place. */
export function rowsToLookAt(
  expectation: Expectation,
  { rows, columns }: { rows: string; columns: readonly Column[] },
): string {
  const placed = `SELECT *, row_number() OVER () - 1 AS ${placeColumn} FROM (${rows})`
  if (!('row_condition' in expectation) || expectation.row_condition === undefined) return placed
  return `SELECT * FROM (${placed}) WHERE ${expressionSql(conditionOf(expectation.row_condition, columns))}`
}
