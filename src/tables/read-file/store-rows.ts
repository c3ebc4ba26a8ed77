import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { StartColumn } from '../../core/artifacts.ts'
import { PipewrightError } from '../../core/errors.ts'
import type { RunContext } from '../../node-kit/run-context.ts'
import { openDuckDb, type DuckDb } from '../open-duckdb.ts'
import type { FileRows } from './file-rows.ts'
import { loadRows, type RowsToLoad } from './load-rows.ts'
import type { FileReading } from './read-options.ts'
import { rejectRows } from './reject-rows.ts'
import { rewriteRows } from './rewrite-rows.ts'
import { RejectsWriter } from './write-rejects.ts'

export type LoadableFile = RowsToLoad & { rejected: number }

export interface RowsToStore {
  /** As the user knows it; absolute. */
  file: string
  startColumns: StartColumn[]
  /** True where `cell` tells a null from an empty text. */
  hasNulls: boolean
  /** Opens the rows, to be gone through once. */
  withRows: <Result>(work: (rows: FileRows) => Promise<Result>) => Promise<Result>
  /** The file itself, where DuckDB can read it as it is. */
  asItIs?: () => Promise<LoadableFile | null>
}

/** Stores the rows of a file that can be read, and the others with their reasons: none is dropped. */
export async function storeRows(
  context: RunContext,
  source: RowsToStore,
): Promise<Omit<FileReading, 'sniff'>> {
  const { file, startColumns, withRows } = source
  const copy = join(context.workFolder, `${randomUUID()}.csv`)
  const copyOfRows = () => withRows((rows) => copyRows(context, { ...source, rows, copy }))
  const database = await openDuckDb(context, { files: [file] })
  try {
    const asItIs = (await source.asItIs?.()) ?? null
    context.progress({ note: 'storing rows' })
    const { load, loaded } = await loadFirst(context, database, [
      () => asItIs,
      () => readByRules(asItIs),
      copyOfRows,
      async () => ({ ...(await copyOfRows()), inParallel: false }),
    ])
    const { rows, unreadableRows } = loaded
    const rejects = await RejectsWriter.open(context, database)
    const count = load.rejected + unreadableRows.length
    if (count > 0) {
      await withRows((fileRows) => rejectRows(rejects, fileRows, { startColumns, unreadableRows, count }))
    }
    return { ...(await rejects.finish(file, rows)), startColumns }
  } finally {
    database.close()
    await rm(copy, { force: true })
  }
}

/** Loads a file in the first of several ways in which DuckDB does not misread it; a way may not be open. */
async function loadFirst(
  context: RunContext,
  database: DuckDb,
  [way, ...others]: readonly (() => LoadableFile | null | Promise<LoadableFile | null>)[],
): Promise<{ load: LoadableFile; loaded: Awaited<ReturnType<typeof loadRows>> }> {
  const load = await way!()
  if (!load) return loadFirst(context, database, others)
  try {
    return { load, loaded: await loadRows(context, database, load) }
  } catch (error) {
    if (others.length === 0 || !isMisread(error)) throw error
    return loadFirst(context, database, others)
  }
}

/** The same file as it turned out to be, with nothing taken for granted of its values. */
async function readByRules(asItIs: LoadableFile | null): Promise<LoadableFile | null> {
  const text = await asItIs?.whole
  if (!asItIs || !text) return null
  const { whole: _whole, digits: _digits, ...load } = asItIs
  const { rows, lineEnd, spaces } = text
  return { ...load, rows, lineEnd, spaces }
}

/** True where DuckDB could not read a text in parallel, or found another number of rows than we did. */
function isMisread(error: unknown): boolean {
  if (error instanceof PipewrightError) return error.code === 'read.disagreement'
  return error instanceof Error && error.message.includes('CSV')
}

async function copyRows(
  context: RunContext,
  { rows, copy, file, hasNulls, startColumns }: RowsToStore & { rows: FileRows; copy: string },
): Promise<LoadableFile> {
  const written = await rewriteRows(rows, { path: copy, progress: countRows(context) })
  const dialect = { delimiter: rows.delimiter, quote: '"', escape: '"', header: true }
  return { ...written, path: copy, file, dialect, hasNulls, inParallel: true, startColumns }
}

export function countRows(context: RunContext): (rows: number) => void {
  return (rows) => context.progress({ note: 'looking through the file', rows })
}
