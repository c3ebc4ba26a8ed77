import { rm } from 'node:fs/promises'
import type { StartColumn, TableData } from '../core/artifacts.ts'
import { fillIn } from '../core/errors.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { newTable } from '../tables/new-table.ts'
import { logDoubt } from '../tables/read-file/log-doubt.ts'
import { readFile } from '../tables/read-file/read-file.ts'
import type {
  ColumnReadOptions,
  FileReading,
  FileSniff,
  ReadOptions,
} from '../tables/read-file/read-options.ts'
import { sniffFile } from '../tables/read-file/sniff-file.ts'
import { headOfFile } from './head-of-file.ts'

/** The first rows of a data file, read as the whole would be. */
export interface FileHead {
  sniff: FileSniff
  doubts: string[]
  table: TableData
  rejects: TableData
  counts: FileReading['counts']
  /** It is all of the file. */
  isWhole: boolean
}

/** Reads about the first `bytes` of a file. Throws what the reader of the whole would throw. */
export async function readHead(
  context: RunContext,
  options: ReadOptions,
  { bytes }: { bytes: number },
): Promise<FileHead> {
  const sniff = await sniffFile(context, options)
  const doubts: string[] = []
  for (const doubt of sniff.doubts)
    logDoubt({ log: (_, message, values = {}) => void doubts.push(fillIn(message, values)) }, doubt)
  const head = await headOfFile(options.path, { sniff, bytes, folder: context.workFolder })
  try {
    const { startColumns, rows, rejects, counts } = await readFile(context, {
      ...asFound(options, sniff),
      path: head.path,
    })
    return {
      sniff,
      doubts,
      table: newTable(rows, startColumns),
      rejects: newTable(rejects.rows, rejects.startColumns),
      counts,
      isWhole: head.isWhole,
    }
  } finally {
    if (!head.isWhole) await rm(head.path, { force: true })
  }
}

/** What was found out about the whole holds for its beginning. */
function asFound(options: ReadOptions, sniff: FileSniff): ReadOptions {
  const { format, encoding, dialect, startColumns } = sniff
  if (format === 'parquet') return options
  return {
    ...options,
    format,
    ...(encoding && { encoding }),
    ...(dialect && { delimiter: dialect.delimiter, quote: dialect.quote, header: dialect.header }),
    ...(dialect?.escape && dialect.escape !== dialect.quote && { escape: dialect.escape }),
    columns: Object.fromEntries(startColumns.map((column) => [column.name, asColumn(column)])),
  }
}

function asColumn({ type, rule }: StartColumn): ColumnReadOptions {
  const { unreadable: _, ...given } = rule ?? {}
  const entries = Object.entries({ type, ...given }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries)
}
