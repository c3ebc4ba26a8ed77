import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { PipewrightError } from '../../core/errors.ts'
import { reasonOfFailure } from '../../files/reason-of-failure.ts'
import { openDuckDb, type DatabaseContext } from '../../tables/open-duckdb.ts'
import { quoteName, quoteText } from '../../tables/quote.ts'
import { labellingError } from './errors.ts'

/** Columns of a file, and its rows as texts; '' where there is no value. */
export interface LabelFile {
  columns: string[]
  rows: string[][]
}

const mostRows = 1_000_000

/** Reads a CSV file with a head, or a Parquet file. */
export async function readLabelFile(context: DatabaseContext, path: string): Promise<LabelFile> {
  const database = await openDuckDb(context, { files: [path] })
  try {
    if (await isBlank(path)) throw labellingError('file-empty', { path })
    const from =
      extname(path).toLowerCase() === '.parquet'
        ? `read_parquet(${quoteText(path)})`
        : `read_csv(${quoteText(path)}, all_varchar = true, header = true)`
    const described = await database.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${from}`)
    const columns = described.map(({ column_name: name }) => name)
    const values = columns.map((name) => `coalesce(${quoteName(name)}::VARCHAR, '') AS ${quoteName(name)}`)
    const rows: string[][] = []
    for await (const chunk of database.stream(`SELECT ${values.join(', ')} FROM ${from}`)) {
      for (const row of chunk.getRows()) rows.push(row as string[])
      if (rows.length > mostRows) throw labellingError('too-many-labels', { path, most: mostRows })
    }
    if (rows.length === 0) throw labellingError('no-rows', { path })
    return { columns, rows }
  } catch (error) {
    if (error instanceof PipewrightError) throw error
    throw labellingError('file-unreadable', { path, problem: reasonOfFailure(error) }, { cause: error })
  } finally {
    database.close()
  }
}

async function isBlank(path: string): Promise<boolean> {
  const { size } = await stat(path)
  return size <= 1_000 && (await readFile(path, 'utf8')).trim() === ''
}
