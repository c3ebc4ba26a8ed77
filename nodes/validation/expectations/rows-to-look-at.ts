import type { Column } from '../../../src/core/columns.ts'
import { expressionSql } from '../../../src/tables/expression-sql.ts'
import { quoteName } from '../../../src/tables/quote.ts'
import { conditionOf } from './columns-check.ts'
import type { Expectation } from './expectation.ts'

/** Where a row stands in the table, from 0. */
export const placeName = ' place of the row'
export const placeColumn = quoteName(placeName)

/** The rows that some expectations are about. */
export interface RowsToLookAt {
  /** The rows as a query. */
  all: string
  /** Each with its place. */
  placed: string
}

export function rowsToLookAt(
  expectation: Expectation,
  table: {
    rows: string
    /** The rows with their places, where these need not be counted. */
    placedRows?: string | undefined
    columns: readonly Column[]
  },
): RowsToLookAt {
  const { rows, columns } = table
  const placed = table.placedRows ?? `SELECT *, row_number() OVER () - 1 AS ${placeColumn} FROM (${rows})`
  if (!('row_condition' in expectation) || expectation.row_condition === undefined)
    return { all: rows, placed }
  const condition = expressionSql(conditionOf(expectation.row_condition, columns))
  const where = (query: string): string => `SELECT * FROM (${query}) WHERE ${condition}`
  return { all: where(rows), placed: where(placed) }
}
