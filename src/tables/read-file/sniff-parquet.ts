import type { StartColumn } from '../../core/artifacts.ts'
import type { RunContext } from '../../node-kit/run-context.ts'
import { openDuckDb, type DuckDb } from '../open-duckdb.ts'
import { quoteName, quoteText } from '../quote.ts'
import type { RuledColumn } from '../reader-grammar.ts'
import { readerProblemSql, readerSql } from '../reader-sql.ts'
import { columnNames } from './column-names.ts'
import { ColumnSampler } from './column-sampler.ts'
import { typeOfFormat } from './infer-column.ts'
import { parquetMapping, textMapping, type ParquetMapping } from './parquet-columns.ts'
import { readError } from './read-errors.ts'
import type { FileSniff, ReadOptions, TypeDoubt } from './read-options.ts'
import { SAMPLE_ROWS } from './sniff-csv.ts'
import { linkPlainly } from './link-plainly.ts'

export interface ParquetSniff extends FileSniff {
  format: 'parquet'
  encoding: null
  dialect: null
  /** What to select for each start column, and where that is impossible. */
  values: { value: string; problem: string | null; text: string }[]
}

/** Opens a database that may read a Parquet file, and gives the file as a relation. */
export async function openParquet(
  context: RunContext,
  path: string,
): Promise<{ database: DuckDb; relation: string }> {
  const plain = await linkPlainly(path, context.workFolder)
  const database = await openDuckDb(context, { files: [plain] })
  return { database, relation: `read_parquet(${quoteText(plain)})` }
}

/** The columns of a Parquet file and the types they get; nothing is guessed, for the file says it. */
export async function sniffParquet(context: RunContext, options: ReadOptions): Promise<ParquetSniff> {
  const { database, relation } = await openParquet(context, options.path)
  try {
    const described = await database
      .rows<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM ${relation}`)
      .catch((cause: unknown) => {
        throw notParquet(options.path, cause)
      })
    const names = columnNames(described.map(({ column_name }) => column_name))
    const columns: ParquetColumn[] = []
    for (const [index, { column_name, column_type }] of described.entries()) {
      const name = names[index]!
      const mapping = parquetMapping(quoteName(column_name), column_type)
      if (!mapping) {
        throw readError('unsupported-column', { file: options.path, column: name, type: column_type })
      }
      const fitting = await withRoom(database, relation, { mapping, column: quoteName(column_name) })
      columns.push(await readByRule(context, options, { name, mapping: fitting, database, relation }))
    }
    const [counted] = await database.rows<{ count: bigint }>(`SELECT count(*) AS count FROM ${relation}`)
    return {
      format: 'parquet',
      encoding: null,
      dialect: null,
      startColumns: columns.map(({ startColumn }) => startColumn),
      sampledRows: Number(counted!.count),
      doubts: columns.flatMap(({ doubts }) => doubts),
      values: columns.map(({ value, problem, text }) => ({ value, problem, text })),
    }
  } finally {
    database.close()
  }
}

export function notParquet(file: string, cause: unknown): unknown {
  const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : ''
  return /^(Invalid Input|IO|Serialization|Invalid|TProtocolException).*Error|parquet/i.test(reason)
    ? readError(
        'not-parquet',
        { file, reason: reason.replace(/^[\w ]+Error: /, '').replace(/\.$/, '') },
        { cause },
      )
    : cause
}

interface ParquetColumn {
  startColumn: StartColumn
  value: string
  problem: string | null
  /** The value as text, to be shown where it has no place. */
  text: string
  doubts: TypeDoubt[]
}

/** Whole numbers beyond 2^53, which no model sees exactly, are identifiers as a rule: the column is text. */
async function withRoom(
  database: DuckDb,
  relation: string,
  { mapping, column }: { mapping: ParquetMapping; column: string },
): Promise<ParquetMapping> {
  if (mapping.type !== 'integer' || !mapping.problem) return mapping
  const [found] = await database.rows<{ large: boolean | null }>(
    `SELECT bool_or(${mapping.problem}) AS large FROM ${relation}`,
  )
  return found!.large ? textMapping(`${column}::VARCHAR`) : mapping
}

/** Texts, and columns for which another type is wanted, go through a reader rule. */
async function readByRule(
  context: RunContext,
  options: ReadOptions,
  from: { name: string; mapping: ParquetMapping; database: DuckDb; relation: string },
): Promise<ParquetColumn> {
  const { name, mapping, database, relation } = from
  const own = options.columns && Object.hasOwn(options.columns, name) ? options.columns[name]! : {}
  const isDated = mapping.type === 'text' && own.format !== undefined
  const type = own.type ?? (isDated ? typeOfFormat(own.format!) : mapping.type)
  if (mapping.type !== 'text' && type === mapping.type) {
    const { value, problem } = mapping
    const startColumn = { name, type, source: context.node }
    return { value, problem, text: `(${value})::VARCHAR`, startColumn, doubts: [] }
  }
  const sampler = new ColumnSampler(name, {
    ...options,
    trim: options.trim ?? false,
    nullValues: options.nullValues ?? [],
    columns: { [name]: { ...own, type } },
  })
  const text = `(${mapping.value})::VARCHAR`
  if (type !== 'text') {
    const limit = options.sampleRows ?? SAMPLE_ROWS
    const sample = await database.rows<{ text: string | null }>(
      `SELECT ${text} AS text FROM ${relation} LIMIT ${limit}`,
    )
    for (const [row, { text: value }] of sample.entries()) if (value !== null) sampler.add(value, row + 1)
  }
  const startColumn = sampler.startColumn(context.node)
  const column = startColumn as RuledColumn
  const reading = { text, column, spaces: 'any' as const }
  return {
    startColumn,
    text,
    doubts: sampler.doubts,
    value: readerSql({ ...reading, otherwise: 'NULL' }),
    problem: `${readerProblemSql(reading)} OR coalesce(${textMapping(text).problem}, false)`,
  }
}
