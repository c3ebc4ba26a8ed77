import type { RejectReason } from './read-options.ts'
import type { SpacesSeen } from './spaces-seen.ts'

/** Why a row cannot be read, and which column it is about. */
export interface RowProblem {
  reason: RejectReason
  message: string
  column?: string
}

/**
 * The rows of a text file, one after the other: the same object for all of them, to be looked at during the visit.
 * Blank lines and the header are no rows.
 */
export interface FileRows {
  readonly names: readonly string[]
  /** What delimits fields where the rows are written anew. */
  readonly delimiter: string
  /** Line of the file on which the row starts, from 1. */
  readonly line: number
  readonly problem: RowProblem | null
  /** The text of a column, or null; of a row without a problem. */
  cell(column: number): string | null
  /** The row's bytes if they can stand as they are in a file of that delimiter with doubled quotes; else null. */
  record(spaces: SpacesSeen): Buffer | null
  /** The row as it stands in the file. */
  raw(): string
  forEach(visit: () => 'stop' | undefined): Promise<void>
}
