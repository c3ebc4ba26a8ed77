import type { Column } from '../../../src/core/columns.ts'
import type { Expectation } from './expectation.ts'

/** An expectation about single rows, in SQL over the columns that it looks at. */
export interface RowCheck {
  /** The columns that it looks at, in order. */
  columns: readonly Column[]
  /** True where a row does not count. */
  missing: string
  /** True where a row that counts is not as expected. */
  unexpected: string
  /**
   * Where that is faster: how many rows are missing, and how many that count are unexpected, as aggregates. Many checks
   * of one column then share the count of its values. The second may be null: then it is still to be counted.
   */
  counts?: { missing: string; unexpected: string }
  /** What `unexpected` depends on: the row alone, other rows too, or whether another one has the same of these values. */
  dependsOn: 'row' | 'rows' | { equalValues: readonly string[] }
}

export type RowExpectation = Extract<Expectation, { mostly: number }>
