import type { StartColumn } from '../core/artifacts.ts'
import { writeExcel } from './excel/write-excel.ts'
import type { DuckDb } from './open-duckdb.ts'
import { quoteName, quoteText } from './quote.ts'

export const writableFormats = ['csv', 'tsv', 'json', 'json-lines', 'parquet', 'excel'] as const
export type WritableFormat = (typeof writableFormats)[number]

export interface FileToWrite {
  /** A query that gives the columns by name, in the order the rows are to have. */
  query: string
  columns: readonly Pick<StartColumn, 'name' | 'type'>[]
  /** In a folder that the database may write to. */
  path: string
  format: WritableFormat
  /** CSV: a comma unless given. */
  delimiter?: string
  /** CSV, TSV and Excel: true unless given. */
  header?: boolean
  /** CSV and TSV: what stands for a null; nothing unless given. */
  nullValue?: string
  /**
   * CSV and TSV: puts an apostrophe before texts and names that a spreadsheet would run as a formula: those that start
   * with = + - @, a tab or a carriage return (OWASP, “CSV Injection”). They do not read back as they were.
   */
  guardFormulas?: boolean
}

/**
 * Writes the rows of a query to a file. In texts, dates and times are ISO 8601 (times in UTC, with milliseconds),
 * numbers have as many digits as tell them apart, infinities are `inf` in CSV and null in JSON. Other than text, what
 * is written reads back as equal values; a CSV does not tell an empty text from a null.
 */
export async function writeRowsToFile(database: DuckDb, file: FileToWrite): Promise<void> {
  const { format, header = true } = file
  if (format === 'excel') return writeExcel(database, { ...file, header })
  const values = file.columns.map(
    (column) => `${valueSql(column, file)} AS ${quoteName(nameOf(column, file))}`,
  )
  const rows = `SELECT ${values.join(', ')} FROM (${file.query}\n)`
  await database.run(`COPY (${rows}) TO ${quoteText(file.path)} (${copyOptions(file, format)})`)
}

function valueSql({ name, type }: FileToWrite['columns'][number], file: FileToWrite): string {
  const value = quoteName(name)
  if (file.format === 'parquet') return value
  switch (type) {
    case 'date':
      return `strftime(${value}, '%Y-%m-%d')`
    case 'datetime':
      return `strftime(${value}, '%Y-%m-%dT%H:%M:%S.%gZ')`
    case 'number':
      return isJson(file) ? `CASE WHEN isfinite(${value}) THEN ${value} END` : value
    case 'text':
      return isGuarded(file)
        ? `CASE WHEN regexp_matches(${value}, '^[=+@\\t\\r-]') THEN concat('''', ${value}) ELSE ${value} END`
        : value
    case 'integer':
    case 'boolean':
      return value
  }
}

function nameOf({ name }: FileToWrite['columns'][number], file: FileToWrite): string {
  return isGuarded(file) && /^[=+@\t\r-]/.test(name) ? `'${name}` : name
}

const isJson = ({ format }: FileToWrite): boolean => format === 'json' || format === 'json-lines'

const isGuarded = ({ format, guardFormulas = false }: FileToWrite): boolean =>
  guardFormulas && (format === 'csv' || format === 'tsv')

function copyOptions(file: FileToWrite, format: Exclude<WritableFormat, 'excel'>): string {
  switch (format) {
    case 'csv':
      return csvOptions(file, file.delimiter ?? ',')
    case 'tsv':
      return csvOptions(file, '\t')
    case 'json':
      return 'FORMAT json, ARRAY true'
    case 'json-lines':
      return 'FORMAT json, ARRAY false'
    case 'parquet':
      return 'FORMAT parquet, COMPRESSION zstd'
  }
}

function csvOptions({ header = true, nullValue = '' }: FileToWrite, delimiter: string): string {
  return `FORMAT csv, HEADER ${header}, DELIMITER ${quoteText(delimiter)}, QUOTE '"', ESCAPE '"', NULLSTR ${quoteText(nullValue)}`
}
