import type { Artifact, StartColumn } from '../../core/artifacts.ts'
import type { RunContext } from '../../node-kit/run-context.ts'
import type { DuckDb } from '../open-duckdb.ts'
import { quoteName, quoteText, quoteTexts } from '../quote.ts'
import type { RuledColumn } from '../reader-grammar.ts'
import { readerProblemSql, readerSql, trimSql } from '../reader-sql.ts'
import { writeRows } from '../write-table.ts'
import { readError } from './read-errors.ts'
import { MAX_RECORD_BYTES } from './record-reader.ts'
import type { Dialect } from './read-options.ts'
import type { LoadableText } from './survey-csv.ts'

/** A text that DuckDB cannot mistake, and what its columns become. */
export interface RowsToLoad extends LoadableText {
  path: string
  /** The file as the user knows it. */
  file: string
  dialect: Dialect
  /** True where an unquoted empty field is a null, not an empty text. */
  hasNulls: boolean
  inParallel: boolean
  startColumns: readonly StartColumn[]
  /** What all of the text is like, where the rest was said of its first rows; null where it cannot be read as it is. */
  whole?: Promise<LoadableText | null>
}

const MAX_LINE_BYTES = MAX_RECORD_BYTES + 1000
const unreadable = 'pipewright: a value cannot be read'

/**
 * Loads a text into stored rows, by the rule of each column. Rows with a text that is no value of its column stay out;
 * `unreadableRows` are their numbers among the rows of the text, ascending.
 */
export async function loadRows(
  context: RunContext,
  database: DuckDb,
  load: RowsToLoad,
): Promise<{ rows: Artifact<'rows'>; unreadableRows: Float64Array }> {
  // Nearly always all values can be read, so the first try takes no precautions.
  const rows = await writeRows(context, {
    database,
    from: `SELECT ${valuesSql(load, `error(${quoteText(unreadable)})`)} FROM ${trimmedRelation(load)}`,
    startColumns: load.startColumns,
  }).catch((error: unknown) => {
    if (error instanceof Error && error.message.includes(unreadable)) return null
    throw error
  })
  const loaded = rows
    ? { rows, unreadableRows: new Float64Array(0) }
    : await loadReadableRows(context, database, load)
  const found = loaded.rows.data.count + loaded.unreadableRows.length
  const text = load.whole ? await load.whole : load
  if (!text || found !== text.rows || !isAsExpected(load, text)) {
    throw readError('disagreement', { file: load.file, scanned: text?.rows ?? load.rows, loaded: found })
  }
  return loaded
}

/** True where all of a text is such that it was right to load it as its first rows suggested. */
function isAsExpected(load: RowsToLoad, text: LoadableText): boolean {
  const whole = { ...load, ...text }
  return (
    text.lineEnd === load.lineEnd &&
    load.startColumns.every((_, index) => {
      const type = convertedType(load, index)
      return type ? type === convertedType(whole, index) : text.spaces[index] === load.spaces[index]
    })
  )
}

async function loadReadableRows(
  context: RunContext,
  database: DuckDb,
  load: RowsToLoad,
): Promise<{ rows: Artifact<'rows'>; unreadableRows: Float64Array }> {
  const problem = load.startColumns
    .map((_, index) => (convertedType(load, index) ? 'false' : readerProblemSql(columnOptions(load, index))))
    .join(' OR ')
  const rows = await writeRows(context, {
    database,
    from: `SELECT ${valuesSql(load, 'NULL')} FROM ${trimmedRelation(load)} WHERE NOT (${problem})`,
    startColumns: load.startColumns,
  })
  const numbers: number[] = []
  const numbered = `SELECT *, row_number() OVER () - 1 AS row FROM ${trimmedRelation(load)}`
  for await (const chunk of database.stream(`SELECT row::DOUBLE FROM (${numbered}) WHERE ${problem}`)) {
    for (const row of chunk.getColumnValues(0)) numbers.push(row as number)
  }
  return { rows, unreadableRows: Float64Array.from(numbers).sort() }
}

function valuesSql(load: RowsToLoad, otherwise: string): string {
  return load.startColumns
    .map(({ name }, index) => {
      const isConverted = convertedType(load, index) !== null
      const value = isConverted ? `c${index}` : readerSql({ ...columnOptions(load, index), otherwise })
      return `${value} AS ${quoteName(name)}`
    })
    .join(', ')
}

/**
 * The type that DuckDB can convert the texts of a column to while it reads them, as the rule of the column says, in a
 * fraction of the time: where they are plain numbers, or nothing. It fails on signs in wrong places; null elsewhere.
 */
function convertedType({ startColumns, digits }: RowsToLoad, index: number): 'DOUBLE' | 'BIGINT' | null {
  const { type, rule } = startColumns[index]!
  const found = digits?.[index] ?? 'others'
  if (!rule || found === 'others' || rule.decimalMark === ',' || !rule.nullValues.includes('')) return null
  const special = [...rule.nullValues, ...Object.keys(rule.replace ?? {})]
  if (special.some((text) => /^[0-9.-]+$/.test(text))) return null
  if (type === 'number') return 'DOUBLE'
  return type === 'integer' && found === 'whole' ? 'BIGINT' : null
}

function columnOptions(load: RowsToLoad, index: number) {
  return {
    text: `c${index}`,
    column: load.startColumns[index] as RuledColumn,
    spaces: isTrimmed(load, index) ? ('none' as const) : load.spaces[index]!,
  }
}

/** The columns of texts, trimmed once here where their rules say so, for the rules look at each text several times. */
function trimmedRelation(load: RowsToLoad): string {
  const texts = load.startColumns.map((_, index) =>
    isTrimmed(load, index) ? `${trimSql(`c${index}`, load.spaces[index]!)} AS c${index}` : `c${index}`,
  )
  return `(SELECT ${texts.join(', ')} FROM ${textRelation(load)})`
}

function isTrimmed(load: RowsToLoad, index: number): boolean {
  const { startColumns, spaces } = load
  return startColumns[index]!.rule?.trim === true && spaces[index] !== 'none' && !convertedType(load, index)
}

/** Every option that can be given is, so that DuckDB guesses nothing else. */
function textRelation(load: RowsToLoad): string {
  const { path, dialect, lineEnd, hasNulls, inParallel, startColumns } = load
  const columns = startColumns.map((_, index) => ({ name: `c${index}`, type: convertedType(load, index) }))
  const texts = columns.flatMap(({ name, type }) => (type ? [] : [name]))
  const options = [
    'auto_detect = false',
    `columns = {${columns.map(({ name, type }) => `${name}: '${type ?? 'VARCHAR'}'`).join(', ')}}`,
    `delim = ${quoteText(dialect.delimiter)}`,
    `quote = ${quoteText(dialect.quote ?? '')}`,
    `escape = ${quoteText(dialect.escape ?? dialect.quote ?? '')}`,
    `header = ${dialect.header}`,
    ...(lineEnd === '\n' ? [String.raw`new_line = '\n'`] : []),
    'strict_mode = true',
    'null_padding = false',
    `parallel = ${inParallel}`,
    `max_line_size = ${MAX_LINE_BYTES}`,
    `buffer_size = ${2 * MAX_LINE_BYTES}`,
    hasNulls
      ? `nullstr = '', allow_quoted_nulls = false`
      : `nullstr = '', force_not_null = ${quoteTexts(texts)}`,
  ]
  return `read_csv(${quoteText(path)}, ${options.join(', ')})`
}
