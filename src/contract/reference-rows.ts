import type { RawValue } from './model-details.ts'

/** What batch scoring answers for a row; numbers that are not finite are null. */
export interface ReferenceAnswer {
  answer: string | number | null
  /** In the order of the classes. */
  probabilities: (number | null)[] | null
}

/** Rows that a model is known to have never learned from, as a request has them, with the answers of batch scoring. */
export type ReferenceRows =
  | {
      outcome: 'rows'
      table: string
      part: 'test' | 'validation' | 'all'
      rows: Record<string, RawValue>[]
      answers: ReferenceAnswer[]
      /** Of the answers, in the order of the probabilities; empty for numbers. */
      classes: string[]
      /** Rows that no request can say. */
      unsayable: number
    }
  /** The table that it learned from is not in the store, or never was; or has no rows; or other columns. */
  | { outcome: 'none'; reason: 'no-table' | 'no-rows' | 'other-columns' }
