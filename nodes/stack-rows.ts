import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Artifact, StartColumn } from '../src/core/artifacts.ts'
import type { RunContext } from '../src/node-kit/run-context.ts'
import type { DuckDb } from '../src/tables/open-duckdb.ts'
import { quoteText, quoteTexts } from '../src/tables/quote.ts'
import { writeRows } from '../src/tables/write-table.ts'

/** Stores the rows of several queries, which give the same columns in the same types, under one another. */
export async function stackRows(
  context: RunContext,
  database: DuckDb,
  stack: { queries: readonly (() => Promise<string>)[]; startColumns: readonly StartColumn[] },
): Promise<Artifact<'rows'>> {
  // A file for each query: DuckDB keeps the order of files, but not that of the parts of a UNION ALL.
  const files: string[] = []
  for (const query of stack.queries) {
    const file = join(context.workFolder, `${randomUUID()}.parquet`)
    await database.run(`COPY (${await query()}) TO ${quoteText(file)} (FORMAT parquet)`)
    files.push(file)
  }
  const from = `SELECT * FROM read_parquet(${quoteTexts(files)})`
  return writeRows(context, { database, from, startColumns: stack.startColumns })
}
