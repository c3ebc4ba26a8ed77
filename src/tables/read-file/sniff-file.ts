import type { RunContext } from '../../node-kit/run-context.ts'
import { sniffOnce } from './last-sniff.ts'
import { openToRead } from './open-to-read.ts'
import { readError } from './read-errors.ts'
import type { FileFormat, FileSniff, ReadOptions, TextEncoding } from './read-options.ts'
import type { TextSniff } from './read-text-file.ts'
import { refuseUnknownColumns } from './refuse-unknown-columns.ts'
import { sniffCsv } from './sniff-csv.ts'
import { sniffDialect } from './sniff-dialect.ts'
import { sniffEncoding } from './sniff-encoding.ts'
import { isParquet, sniffFormat } from './sniff-format.ts'
import { sniffJson } from './sniff-json.ts'
import { sniffParquet, type ParquetSniff } from './sniff-parquet.ts'
import { openTextSource } from './text-source.ts'

const HEAD_BYTES = 1 << 20

/** What sniffing a file gives to its reader. */
export type AnySniff = TextSniff | ParquetSniff

/**
 * Finds out format, encoding, dialect, columns and types of a file from its first rows, with what is given taken as
 * given. A run finds out the same.
 */
export async function sniffFile(context: RunContext, options: ReadOptions): Promise<FileSniff> {
  return sniffOf(await sniffForReading(context, options))
}

/** What a sniff says to others than its reader. */
export function sniffOf({
  format,
  encoding,
  dialect,
  startColumns,
  sampledRows,
  doubts,
}: AnySniff): FileSniff {
  return { format, encoding, dialect, startColumns, sampledRows, doubts }
}

export function sniffForReading(context: RunContext, options: ReadOptions): Promise<AnySniff> {
  return sniffOnce(context, options, () => sniffNow(context, options))
}

async function sniffNow(context: RunContext, options: ReadOptions): Promise<AnySniff> {
  const raw = await readHead(options.path)
  if (raw.length === 0) throw readError('empty', { file: options.path })
  if (options.format === 'parquet' && !isParquet(raw)) {
    throw readError('not-parquet', { file: options.path, reason: 'it does not start as one' })
  }
  const encoding = options.encoding ?? sniffEncoding(raw)
  const head = await decodeHead(options.path, encoding)
  const text = head.bytes.toString('utf8', 0, 65_536)
  const format = options.format ?? sniffFormat({ path: options.path, head: raw, text })
  const sniff = await sniffAs(context, options, { format, encoding, head })
  refuseUnknownColumns(options, sniff)
  return sniff
}

async function sniffAs(
  context: RunContext,
  options: ReadOptions,
  found: { format: FileFormat; encoding: TextEncoding; head: Head },
): Promise<AnySniff> {
  const { format, encoding, head } = found
  switch (format) {
    case 'csv':
    case 'tsv': {
      const { trim = true } = options
      const cut = sniffDialect(head, { ...options, trim, isTabbed: format === 'tsv' })
      return sniffCsv(context, options, { format, encoding, cut })
    }
    case 'json':
    case 'json-lines':
      return sniffJson(context, options, { format, encoding })
    case 'parquet':
      return sniffParquet(context, options)
  }
}

interface Head {
  bytes: Buffer
  /** True where it is all of the file. */
  isWhole: boolean
}

async function readHead(path: string): Promise<Buffer> {
  const { file, sizeBytes } = await openToRead(path)
  try {
    const head = Buffer.alloc(Math.min(HEAD_BYTES, sizeBytes))
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function decodeHead(path: string, encoding: TextEncoding): Promise<Head> {
  const source = await openTextSource(path, encoding)
  try {
    const bytes = Buffer.allocUnsafe(Math.min(HEAD_BYTES, source.sizeBytes + 1))
    let end = 0
    for (;;) {
      if (end === bytes.length) return { bytes, isWhole: false }
      const count = await source.read(bytes, end)
      if (count === 0) return { bytes: bytes.subarray(0, end), isWhole: true }
      end += count
    }
  } finally {
    await source.close()
  }
}
