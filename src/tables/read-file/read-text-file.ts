import type { RunContext } from '../../node-kit/run-context.ts'
import { CsvRows } from './csv-rows.ts'
import type { FileRows } from './file-rows.ts'
import { JsonRows } from './json-rows.ts'
import { hasWildcards } from './link-plainly.ts'
import type { FileReading, ReadOptions, TextEncoding } from './read-options.ts'
import { SAMPLE_ROWS, type CsvSniff } from './sniff-csv.ts'
import type { JsonSniff } from './sniff-json.ts'
import { countRows, storeRows, type LoadableFile } from './store-rows.ts'
import { surveyCsv, type LoadableText } from './survey-csv.ts'
import { openTextSource, type TextSource } from './text-source.ts'

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
  return storeRows(context, {
    file: options.path,
    startColumns: sniff.startColumns,
    hasNulls: sniff.dialect === null,
    withRows: (work) =>
      withSource(options.path, sniff.encoding, (source) => work(rowsOf(context, { options, sniff, source }))),
    asItIs: () => wholeFile(context, options, sniff),
  })
}

/** The file itself, where DuckDB can read it as it is. */
async function wholeFile(
  context: RunContext,
  options: ReadOptions,
  sniff: TextSniff,
): Promise<LoadableFile | null> {
  if (sniff.dialect === null || hasWildcards(options.path)) return null
  const { dialect, startColumns } = sniff
  const survey = (limit?: number): Promise<LoadableText | null> =>
    withSource(options.path, sniff.encoding, async (source) => {
      const progress = countRows(context)
      const extent = { progress, ...(limit !== undefined && { limit }) }
      return source.isOriginal ? surveyCsv(csvRows(context, { options, sniff, source }), extent) : null
    })
  const head = await survey(SAMPLE_ROWS)
  if (!head) return null
  const { path } = options
  const file = { path, file: path, dialect, hasNulls: false, inParallel: true, startColumns, rejected: 0 }
  const whole = survey()
  // It may fail before anybody waits for it.
  whole.catch(() => {})
  return { ...file, ...head, whole }
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
