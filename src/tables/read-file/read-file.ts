import type { RunContext } from '../../node-kit/run-context.ts'
import { logDoubt } from './log-doubt.ts'
import type { FileReading, ReadOptions } from './read-options.ts'
import { readParquetFile } from './read-parquet-file.ts'
import { readTextFile } from './read-text-file.ts'
import { sniffForReading, sniffOf } from './sniff-file.ts'

/**
 * Reads a file into stored rows, in its order, and its unreadable rows into a table of rejects: none is dropped.
 * Warns of columns that may be meant otherwise. Refuses with an error of the area `read` what cannot be read at all.
 */
export async function readFile(context: RunContext, options: ReadOptions): Promise<FileReading> {
  const found = await sniffForReading(context, options)
  for (const doubt of found.doubts) logDoubt(context, doubt)
  const reading =
    found.format === 'parquet'
      ? await readParquetFile(context, options, found)
      : await readTextFile(context, options, found)
  return { sniff: sniffOf(found), ...reading }
}
