import { extname } from 'node:path'
import { readError } from './read-errors.ts'
import type { FileFormat } from './read-options.ts'

const parquetMagic = 'PAR1'

/** What a file is that starts so, and what to do instead of reading it as a table. */
const otherFiles: readonly { start: string; found: string; advice: string }[] = [
  { start: '\x1f\x8b', found: 'a gzip archive', advice: 'Unpack it first.' },
  { start: 'BZh', found: 'a bzip2 archive', advice: 'Unpack it first.' },
  { start: '\x28\xb5\x2f\xfd', found: 'a Zstandard archive', advice: 'Unpack it first.' },
  { start: '\xfd7zXZ', found: 'an xz archive', advice: 'Unpack it first.' },
  { start: '7z\xbc\xaf', found: 'a 7-Zip archive', advice: 'Unpack it first.' },
  {
    start: 'PK\x03\x04',
    found: 'an Excel workbook or a zip archive',
    advice: 'Read a workbook with Read Excel; unpack an archive first.',
  },
  {
    start: '\xd0\xcf\x11\xe0',
    found: 'an old Excel workbook',
    advice: 'Save it as .xlsx and read it with Read Excel.',
  },
  { start: '%PDF', found: 'a PDF document', advice: 'Export the table as CSV.' },
  { start: 'SQLite format 3', found: 'an SQLite database', advice: 'Export the table as CSV.' },
  { start: 'ARROW1', found: 'an Arrow or Feather file', advice: 'Write it as Parquet.' },
  { start: 'ORC', found: 'an ORC file', advice: 'Write it as Parquet.' },
  { start: 'Obj\x01', found: 'an Avro file', advice: 'Write it as Parquet.' },
  { start: '\x89HDF', found: 'an HDF5 file', advice: 'Write it as Parquet.' },
  { start: '\x89PNG', found: 'an image', advice: 'Choose a file with a table.' },
  { start: '\xff\xd8\xff', found: 'an image', advice: 'Choose a file with a table.' },
]

/** The format of a file by its first bytes and, among texts, its extension. Refuses what is no table. */
export function sniffFormat(file: { path: string; head: Buffer; text: string }): FileFormat {
  const { path, head, text } = file
  const extension = extname(path).toLowerCase()
  const start = head.toString('latin1', 0, 16)
  if (start.startsWith(parquetMagic)) return 'parquet'
  const other = otherFiles.find((kind) => start.startsWith(kind.start) && kind.start.length > 2)
  const archive = otherFiles.find((kind) => start.startsWith(kind.start) && kind.start.length === 2)
  const found = other ?? archive
  if (found) throw readError('not-a-table', { file: path, found: found.found, advice: found.advice })
  refuseBinary(path, text)
  if (extension === '.parquet') {
    throw readError('not-parquet', { file: path, reason: 'it does not start as one' })
  }
  if (extension === '.tsv' || extension === '.tab') return 'tsv'
  if (extension === '.jsonl' || extension === '.ndjson') return 'json-lines'
  const isCsv = extension === '.csv' || extension === '.txt'
  const first = text.trimStart().slice(0, 1)
  if (extension === '.json') return first === '[' ? 'json' : 'json-lines'
  if (!isCsv && /^\s*\[\s*[{\]]/.test(text)) return 'json'
  if (!isCsv && /^\s*\{\s*["}]/.test(text)) return 'json-lines'
  return 'csv'
}

export function isParquet(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === parquetMagic
}

/** A text has hardly any control characters; a stray one is left to the rows that hold it. */
function refuseBinary(path: string, text: string): void {
  if (text.length === 0) return
  let controls = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12) controls++
  }
  if (controls / text.length > 0.05) {
    throw readError('not-a-table', {
      file: path,
      found: 'a binary file',
      advice: 'Choose a CSV, TSV, JSON, JSON lines or Parquet file.',
    })
  }
}
