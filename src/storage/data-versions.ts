import type { Column } from '../core/columns.ts'

export interface DataVersion {
  source: string
  /** 1 for the first content seen of the source, counting up. */
  number: number
  contentHash: string
  rows: number
  columns: readonly Pick<Column, 'name' | 'type'>[]
  /** The run that saw the content first. */
  runId: string
  /** Epoch ms. */
  firstSeenAt: number
  lastSeenAt: number
}

export interface DataVersions {
  /** New content of a source gets the next number; content seen before keeps its number. */
  record(seen: {
    source: string
    contentHash: string
    rows: number
    columns: readonly Pick<Column, 'name' | 'type'>[]
    runId: string
    now: number
  }): { number: number; isNew: boolean }
  /** The newest version first; of all sources when none is named. */
  list(options?: { source?: string }): DataVersion[]
}
