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
}

export type RowExpectation = Extract<Expectation, { mostly: number }>
