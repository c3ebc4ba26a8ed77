import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { TableData } from '../../../src/core/artifacts.ts'
import type { Column } from '../../../src/core/columns.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { canBeSliced, rowsFolder, rowsSlice } from '../../../src/tables/rows-relation.ts'
import { writeRowsToFile, type FileToWrite } from '../../../src/tables/write-file.ts'
import { isStorable } from '../../visible-rows.ts'

/** Each has two slices to write, or more where they would be too large to wait for. */
const SLICES_A_WRITER = 2
/** Each takes some tens of megabytes. */
const MOST_WRITERS = 4
const LEAST_ROWS = 65_536
const MOST_ROWS = 262_144

export interface RowsToSlice {
  table: TableData
  columns: readonly Column[]
  format: Omit<FileToWrite, 'query' | 'columns' | 'path'>
}

/** True for many stored rows in a format that is written row by row. */
export function isWrittenInSlices(
  { threads }: Pick<RunContext, 'threads'>,
  { table, columns, format: { format } }: RowsToSlice,
): boolean {
  const isByRow = format === 'csv' || format === 'tsv' || format === 'json-lines'
  const isStored = columns.every((column) => column.origin === 'start' && isStorable(column))
  return isByRow && isStored && threads > 1 && table.rows.count >= 2 * LEAST_ROWS && canBeSliced(table)
}

/**
 * Writes stored rows to files that make one file one behind the other, and gives them in their order, each as soon as
 * it is there. As many are written at a time as there are threads, up to four, by a database of its own each, so that
 * rows wait for no others in memory.
 */
export async function* rowsInSlices(context: RunContext, rows: RowsToSlice): AsyncIterable<string> {
  const { table } = rows
  const count = Math.ceil(table.rows.count / sliceRows(context, table.rows.count))
  const databases = await Promise.all(
    Array.from({ length: writers(context) }, () =>
      openDuckDb(context, { folders: [rowsFolder(context, table)], threads: 1 }),
    ),
  )
  const free = [...databases]
  const written: Promise<string>[] = []
  const startNext = (): void => {
    const database = free.pop()
    if (!database || written.length === count) return
    const slice = async (index: number): Promise<string> => {
      const path = await writeSlice(context, database, { ...rows, index })
      free.push(database)
      startNext()
      return path
    }
    const next = slice(written.length)
    // It may fail before anybody waits for it.
    next.catch(() => {})
    written.push(next)
    startNext()
  }
  try {
    startNext()
    for (let index = 0; index < count; index++) yield await written[index]!
  } finally {
    await Promise.allSettled(written)
    for (const database of databases) database.close()
  }
}

const writers = ({ threads }: Pick<RunContext, 'threads'>): number => Math.min(threads, MOST_WRITERS)

function sliceRows(context: Pick<RunContext, 'threads'>, rows: number): number {
  const even = Math.ceil(rows / (SLICES_A_WRITER * writers(context)))
  return Math.min(MOST_ROWS, Math.max(LEAST_ROWS, even))
}

async function writeSlice(
  context: RunContext,
  database: DuckDb,
  { table, columns, format, index }: RowsToSlice & { index: number },
): Promise<string> {
  const path = join(context.workFolder, randomUUID())
  const size = sliceRows(context, table.rows.count)
  const query = rowsSlice(context, table, {
    columns: columns.map(({ name }) => name),
    from: index * size,
    end: (index + 1) * size,
  })
  await writeRowsToFile(database, {
    ...format,
    header: index === 0 && (format.header ?? true),
    query,
    columns: columns.filter(isStorable),
    path,
  })
  return path
}
