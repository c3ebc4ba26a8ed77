import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PipewrightError } from '../../core/errors.ts'
import type { RunContext } from '../../node-kit/run-context.ts'
import { CsvRows } from './csv-rows.ts'
import type { FileRows } from './file-rows.ts'
import { JsonRows } from './json-rows.ts'
import { hasWildcards } from './link-plainly.ts'
import { loadRows, type RowsToLoad } from './load-rows.ts'
import { openDuckDb } from '../open-duckdb.ts'
import type { Dialect, FileReading, ReadOptions, TextEncoding } from './read-options.ts'
import { rejectRows } from './reject-rows.ts'
import { rewriteRows } from './rewrite-rows.ts'
import type { CsvSniff } from './sniff-csv.ts'
import type { JsonSniff } from './sniff-json.ts'
import { surveyCsv } from './survey-csv.ts'
import { openTextSource, type TextSource } from './text-source.ts'
import { RejectsWriter } from './write-rejects.ts'

export type TextSniff = CsvSniff | JsonSniff

/**
 * Reads a text file into rows and rejects. Our own scanner says what the rows are; DuckDB reads the file itself only
 * where the two cannot differ, else a copy of the rows that can be read, and the numbers of rows are compared.
 */
export async function readTextFile(
  context: RunContext,
  options: ReadOptions,
  sniff: TextSniff,
): Promise<Omit<FileReading, 'sniff'>> {
  const copy = join(context.workFolder, `${randomUUID()}.csv`)
  const withRows = <Result>(work: (rows: FileRows) => Promise<Result>): Promise<Result> =>
    withSource(options.path, sniff.encoding, (source) => work(rowsOf(context, { options, sniff, source })))
  const copyOfRows = () => withRows((rows) => copyRows(context, { rows, copy, options, sniff }))
  const database = await openDuckDb(context, { files: [options.path] })
  try {
    const load = (await wholeFile(context, options, sniff)) ?? (await copyOfRows())
    context.progress({ note: 'storing rows', rows: load.rows })
    const loaded = await loadRows(context, database, load).catch(async (error: unknown) => {
      if (!isMisread(error)) throw error
      return loadRows(context, database, { ...(await copyOfRows()), inParallel: false })
    })
    const { rows, unreadableRows } = loaded
    const { startColumns } = sniff
    const rejects = await RejectsWriter.open(context, database)
    const count = load.rejected + unreadableRows.length
    if (count > 0) {
      await withRows((fileRows) => rejectRows(rejects, fileRows, { startColumns, unreadableRows, count }))
    }
    return { ...(await rejects.finish(options.path, rows)), startColumns }
  } finally {
    database.close()
    await rm(copy, { force: true })
  }
}

/** True where DuckDB could not read a text in parallel, or found another number of rows than we did. */
function isMisread(error: unknown): boolean {
  if (error instanceof PipewrightError) return error.code === 'read.disagreement'
  return error instanceof Error && error.message.includes('CSV')
}

type Loadable = RowsToLoad & { rejected: number }

/** The file itself, where DuckDB can read it as it is. */
async function wholeFile(
  context: RunContext,
  options: ReadOptions,
  sniff: TextSniff,
): Promise<Loadable | null> {
  if (sniff.dialect === null || hasWildcards(options.path)) return null
  const { dialect, startColumns } = sniff
  const survey = await withSource(options.path, sniff.encoding, async (source) =>
    source.isOriginal ? surveyCsv(csvRows(context, { options, sniff, source }), countRows(context)) : null,
  )
  if (!survey) return null
  const { path } = options
  return {
    ...survey,
    path,
    file: path,
    dialect,
    hasNulls: false,
    inParallel: true,
    startColumns,
    rejected: 0,
  }
}

async function copyRows(
  context: RunContext,
  from: { rows: FileRows; copy: string; options: ReadOptions; sniff: TextSniff },
): Promise<Loadable> {
  const { rows, copy, options, sniff } = from
  const written = await rewriteRows(rows, { path: copy, progress: countRows(context) })
  const dialect: Dialect = { delimiter: rows.delimiter, quote: '"', escape: '"', header: true }
  const hasNulls = sniff.dialect === null
  const { startColumns } = sniff
  return { ...written, path: copy, file: options.path, dialect, hasNulls, inParallel: true, startColumns }
}

interface OpenText<Sniff> {
  options: ReadOptions
  sniff: Sniff
  source: TextSource
}

function rowsOf(context: RunContext, { options, sniff, source }: OpenText<TextSniff>): FileRows {
  if (sniff.dialect !== null) return csvRows(context, { options, sniff, source })
  const fields = { keys: sniff.keys, names: sniff.startColumns.map(({ name }) => name) }
  return new JsonRows(source, { format: sniff.format, file: options.path, fields, context })
}

function csvRows(context: RunContext, { options, sniff, source }: OpenText<CsvSniff>): CsvRows {
  const names = sniff.startColumns.map(({ name }) => name)
  return new CsvRows(source, { names, dialect: sniff.dialect, trim: options.trim ?? true, context })
}

async function withSource<Result>(
  path: string,
  encoding: TextEncoding,
  work: (source: TextSource) => Promise<Result>,
): Promise<Result> {
  const source = await openTextSource(path, encoding)
  try {
    return await work(source)
  } finally {
    await source.close()
  }
}

function countRows(context: RunContext): (rows: number) => void {
  return (rows) => context.progress({ note: 'looking through the file', rows })
}
