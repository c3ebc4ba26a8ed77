import type { RunContext } from '../../node-kit/run-context.ts'
import type { FileReading, ReadOptions } from './read-options.ts'
import { readParquetFile } from './read-parquet-file.ts'
import { readTextFile } from './read-text-file.ts'
import { sniffForReading } from './sniff-file.ts'

/**
 * Reads a file into stored rows, in its order, and its unreadable rows into a table of rejects: none is dropped.
 * Refuses with an error of the area `read` what cannot be read at all.
 */
export async function readFile(context: RunContext, options: ReadOptions): Promise<FileReading> {
  const found = await sniffForReading(context, options)
  const { format, encoding, dialect, startColumns, sampledRows } = found
  const sniff = { format, encoding, dialect, startColumns, sampledRows }
  const reading =
    found.format === 'parquet'
      ? await readParquetFile(context, options, found)
      : await readTextFile(context, options, found)
  return { sniff, ...reading }
}
