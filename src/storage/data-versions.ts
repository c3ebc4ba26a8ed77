import type { Column } from '../core/columns.ts'
import type { Sql } from './sql.ts'

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

type DataVersionRow = Omit<DataVersion, 'columns'> & { columns: string }

export function createDataVersions(sql: Sql): DataVersions {
  return {
    record: ({ source, contentHash, rows, columns, runId, now }) =>
      sql.transaction(() => {
        const known = sql.get<{ number: number }>(
          `update data_versions set last_seen_at = :now
           where source = :source and content_hash = :contentHash returning number`,
          { source, contentHash, now },
        )
        if (known) return { number: known.number, isNew: false }
        const { number } = sql.get<{ number: number }>(
          `insert into data_versions (source, number, content_hash, row_count, columns, run_id, first_seen_at, last_seen_at)
           select :source, coalesce(max(number), 0) + 1, :contentHash, :rows, :columns, :runId, :now, :now
           from data_versions where source = :source returning number`,
          { source, contentHash, rows, columns: JSON.stringify(columns), runId, now },
        )!
        return { number, isNew: true }
      }),
    list: ({ source = null } = {}) =>
      sql
        .all<DataVersionRow>(
          `select source, number, content_hash as contentHash, row_count as rows, columns, run_id as runId,
             first_seen_at as firstSeenAt, last_seen_at as lastSeenAt
           from data_versions where :source is null or source = :source order by source, number desc`,
          { source },
        )
        .map(recordOf),
  }
}

const recordOf = (row: DataVersionRow): DataVersion => ({
  ...row,
  columns: JSON.parse(row.columns) as DataVersion['columns'],
})
