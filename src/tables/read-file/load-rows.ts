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
  if (found !== load.rows) {
    throw readError('disagreement', { file: load.file, scanned: load.rows, loaded: found })
  }
  return loaded
}

async function loadReadableRows(
  context: RunContext,
  database: DuckDb,
  load: RowsToLoad,
): Promise<{ rows: Artifact<'rows'>; unreadableRows: Float64Array }> {
  const problem = load.startColumns
    .map((_, index) => readerProblemSql(columnOptions(load, index)))
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
    .map(
      ({ name }, index) => `${readerSql({ ...columnOptions(load, index), otherwise })} AS ${quoteName(name)}`,
    )
    .join(', ')
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

function isTrimmed({ startColumns, spaces }: RowsToLoad, index: number): boolean {
  return startColumns[index]!.rule?.trim === true && spaces[index] !== 'none'
}

/** Every option that can be given is, so that DuckDB guesses nothing else. */
function textRelation({ path, dialect, lineEnd, hasNulls, inParallel, startColumns }: RowsToLoad): string {
  const names = startColumns.map((_, index) => `c${index}`)
  const options = [
    'auto_detect = false',
    `columns = {${names.map((name) => `${name}: 'VARCHAR'`).join(', ')}}`,
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
    hasNulls ? `nullstr = '', allow_quoted_nulls = false` : `force_not_null = ${quoteTexts(names)}`,
  ]
  return `read_csv(${quoteText(path)}, ${options.join(', ')})`
}
