import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import type { ExpectationOutcome } from './outcome.ts'
import type { RowsToLookAt } from './rows-to-look-at.ts'

export type Aggregate = number | null

/**
 * How an expectation is held against rows. The aggregates of all expectations about the same rows are computed together,
 * in one pass; what they say may then ask for more.
 */
export interface Check {
  /** In SQL over the columns of the rows; each gives a number or null. */
  aggregates: readonly string[]
  /** True where numbers are added, so that the order of the rows makes a difference to the last digits. */
  addsNumbers?: boolean
  conclude(
    values: readonly Aggregate[],
    looked: { database: DuckDb; rows: RowsToLookAt },
  ): ExpectationOutcome | Promise<ExpectationOutcome>
}
