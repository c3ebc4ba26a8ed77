import type { StartColumn } from '../../core/artifacts.ts'
import type { RunContext } from '../../node-kit/run-context.ts'
import type { DuckDb } from '../open-duckdb.ts'
import { valueParser, type ParsedValue } from '../parse-value.ts'
import { quoteName } from '../quote.ts'
import type { RuledColumn } from '../reader-grammar.ts'
import { writeRows } from '../write-table.ts'
import type { FileReading, ReadOptions, RejectReason } from './read-options.ts'
import { explainValue } from './reject-rows.ts'
import { notParquet, openParquet, type ParquetSniff } from './sniff-parquet.ts'
import { RejectsWriter } from './write-rejects.ts'

/** Reads a Parquet file into rows, and those with a value that has no place in a table into rejects. */
export async function readParquetFile(
  context: RunContext,
  options: ReadOptions,
  sniff: ParquetSniff,
): Promise<Omit<FileReading, 'sniff'>> {
  const { database, relation } = await openParquet(context, options.path)
  try {
    const rejects = await RejectsWriter.open(context, database)
    const { startColumns, values } = sniff
    const selected = values.map(({ value }, index) => `${value} AS ${quoteName(startColumns[index]!.name)}`)
    const from = `SELECT ${selected.join(', ')} FROM ${relation} WHERE NOT (${anyProblem(sniff)})`
    const rows = await writeRows(context, { database, from, startColumns }).catch((cause: unknown) => {
      throw notParquet(options.path, cause)
    })
    if (rows.data.count < sniff.sampledRows) await addRejects(rejects, database, { relation, sniff })
    return { ...(await rejects.finish(options.path, rows)), startColumns }
  } finally {
    database.close()
  }
}

function anyProblem({ values }: ParquetSniff): string {
  const problems = values.flatMap(({ problem }) => (problem ? [`coalesce(${problem}, false)`] : []))
  return problems.join(' OR ') || 'false'
}

async function addRejects(
  rejects: RejectsWriter,
  database: DuckDb,
  { relation, sniff }: { relation: string; sniff: ParquetSniff },
): Promise<void> {
  const { startColumns, values } = sniff
  const first = values.map(({ problem }, index) => (problem ? `WHEN ${problem} THEN ${index}` : '')).join(' ')
  const text = values.map(({ text }, index) => `WHEN ${index} THEN ${text}`).join(' ')
  const found = `SELECT *, file_row_number AS row, CASE ${first} END AS index FROM ${relation} WHERE ${anyProblem(sniff)}`
  const query = `SELECT row::DOUBLE, index::DOUBLE, CASE index ${text} END FROM (${found})`
  for await (const chunk of database.stream(query)) {
    const [rows, columns, texts] = [0, 1, 2].map((index) => chunk.getColumnValues(index))
    for (const [at, row] of rows!.entries()) {
      const column = startColumns[columns![at] as number]!
      const raw = texts![at] as string
      rejects.add({ line: (row as number) + 1, column: column.name, raw, ...problemOf(column, raw) })
    }
  }
}

function problemOf(column: StartColumn, text: string): { reason: RejectReason; message: string } {
  const parsed: ParsedValue = column.rule
    ? valueParser(column as RuledColumn)(text)
    : { problem: text.includes('\0') ? 'nul-character' : 'out-of-range' }
  return explainValue('problem' in parsed ? parsed.problem : 'wrong-type', text, column)
}
