import type { Artifact, ReaderRule, StartColumn } from '../../core/artifacts.ts'
import type { Doubt } from './infer-column.ts'

export const fileFormats = ['csv', 'tsv', 'json', 'json-lines', 'parquet'] as const
/** `csv` is any delimited text, `tsv` the same with a tab unless a delimiter is given, `json` an array of objects. */
export type FileFormat = (typeof fileFormats)[number]

export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'latin-1', 'windows-1252'] as const
export type TextEncoding = (typeof textEncodings)[number]

/** Whatever is absent is found out from the file, or has its default. */
export interface ReadOptions {
  /** Absolute. */
  path: string
  format?: FileFormat
  encoding?: TextEncoding
  /** One ASCII character. */
  delimiter?: string
  /** One ASCII character, or null where quotes are ordinary characters. */
  quote?: string | null
  /** What stands before a quote inside quotes: the quote itself (doubled), or another ASCII character. */
  escape?: string
  header?: boolean
  /** Texts that mean “no value”; `defaultNullValues` unless given (none for Parquet). */
  nullValues?: readonly string[]
  /** True unless given (false for Parquet). */
  trim?: boolean
  decimalMark?: '.' | ','
  thousandsMark?: NonNullable<ReaderRule['thousandsMark']>
  trueValues?: readonly string[]
  falseValues?: readonly string[]
  /** Of dates and times; columns whose type is not given may have ISO 8601 too, and no other format. */
  dateFormat?: string
  /** By the name that the column has in the table. */
  columns?: Readonly<Record<string, ColumnReadOptions>>
  /** How many rows types are found out from: 20 000. */
  sampleRows?: number
}

export interface ColumnReadOptions {
  type?: StartColumn['type']
  /** Whole values to be read as another value, after trimming. */
  replace?: Readonly<Record<string, string>>
  nullValues?: readonly string[]
  trim?: boolean
  decimalMark?: '.' | ','
  thousandsMark?: NonNullable<ReaderRule['thousandsMark']>
  trueValues?: readonly string[]
  falseValues?: readonly string[]
  /** Of YYYY MM DD hh mm ss SSS and literal text. Without a type, it makes the column a date or a datetime. */
  format?: string
}

/** How delimited text is cut into records and fields. */
export interface Dialect {
  delimiter: string
  quote: string | null
  escape: string | null
  header: boolean
}

/** What was found out about a file: enough to read it, and to read the same again. */
export interface FileSniff {
  format: FileFormat
  encoding: TextEncoding | null
  dialect: Dialect | null
  /** In the order of the file; the rule of each stands in it. */
  startColumns: StartColumn[]
  /** How many rows were looked at. */
  sampledRows: number
  doubts: TypeDoubt[]
}

/** Why a column may be meant otherwise than it is read. */
export type TypeDoubt = Doubt & { column: string }

export const rejectReasons = [
  'too-few-fields',
  'too-many-fields',
  'bad-quotes',
  'too-long',
  'nul-character',
  'bad-encoding',
  'bad-json',
  'not-an-object',
  'unknown-field',
  'wrong-type',
  'out-of-range',
  'error-cell',
] as const
/** Why a row of a file could not be read. */
export type RejectReason = (typeof rejectReasons)[number]

/** Columns of the rejects: `line` (from 1; Parquet, Excel: row), `column` or null, `reason`, `message`, `raw` (cut). */
export const rejectColumns = [
  { name: 'line', type: 'integer' },
  { name: 'column', type: 'text' },
  { name: 'reason', type: 'text' },
  { name: 'message', type: 'text' },
  { name: 'raw', type: 'text' },
] as const satisfies readonly Pick<StartColumn, 'name' | 'type'>[]

/** A file, read: `read = kept + rejected` rows, in the order of the file. */
export interface FileReading {
  sniff: FileSniff
  rows: Artifact<'rows'>
  startColumns: StartColumn[]
  rejects: { rows: Artifact<'rows'>; startColumns: StartColumn[] }
  counts: { read: number; kept: number; rejected: number }
  /** How many rows were rejected for each reason that occurred. */
  reasons: Partial<Record<RejectReason, number>>
}
