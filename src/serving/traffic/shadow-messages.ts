import type { RowColumns } from '../../tables/row-reader.ts'

/** Rows for a shadow, with what was answered to whoever sent them. */
export interface ShadowJob {
  rows: number
  /** In order of the shadow's inputs. */
  columns: RowColumns
  labels: string[]
  /** See `comparedNumbers`. */
  numbers: Float64Array
}

/** What a shadow's thread tells: that it is ready, what a job came to, or why it cannot answer. */
export type ShadowMessage =
  | { ready: true }
  | {
      compared: number
      agreed: number
      difference: { count: number; sum: number; sumOfSquares: number }
    }
  | { problem: string }
