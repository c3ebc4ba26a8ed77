import type { Column } from '../../src/core/columns.ts'

/** A table that a step gave or was given, as the dock shows it. */
export interface ShownTable {
  artifact: string
  title: string
  /** Empty where they are only known once rows are read. */
  columns: readonly Column[]
  /** It was made of a sample of the data, before a run. */
  isSample: boolean
  /** The output that gives it, of which node; null where it came from a run that is not open. */
  from: { node: string; port: string } | null
}
