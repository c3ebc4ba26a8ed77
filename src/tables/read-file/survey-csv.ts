import type { Spaces } from '../reader-sql.ts'
import type { CsvRows } from './csv-rows.ts'
import { DigitsSeen, type Digits } from './digits-seen.ts'
import { PlainRecords } from './plain-records.ts'
import type { RecordPasser } from './record-reader.ts'
import { SpacesSeen } from './spaces-seen.ts'

/** A text that DuckDB can read as it is: how many rows there are, and what their values look like. */
export interface LoadableText {
  rows: number
  lineEnd: '\n' | '\r\n'
  /** What white space there is around the values of each column. */
  spaces: readonly Spaces[]
  /** What the values of each column are made of, where that is known. */
  digits?: readonly Digits[]
}

/**
 * Looks through all of the file, or its first rows. Null where a row has a problem, or anything stands in it that DuckDB may see otherwise
 * than we do: mixed line ends, blank lines, spaces around quotes, quotes inside fields.
 */
export async function surveyCsv(
  rows: CsvRows,
  { progress, limit = Infinity }: { progress: (rows: number) => void; limit?: number },
): Promise<LoadableText | null> {
  const { scanner, buffer } = rows.reader
  const width = rows.names.length
  const spaces = new SpacesSeen(width)
  const digits = new DigitsSeen(width)
  const tell = progressTeller(progress)
  let lineEnd = ''
  let count = 0
  let isLoadable = true
  let plain: PlainRecords | null = null
  // Those that nothing speaks against are counted by the hundred thousand, as soon as it is known how lines end.
  const passer: RecordPasser = {
    get passed() {
      return plain?.passed ?? 0
    },
    pass(bytes, from, end) {
      if (!plain) return from
      // The last one is visited, to stop there.
      plain.most = limit - count - 1
      const next = plain.pass(bytes, from, end)
      count += plain.passed
      tell(count)
      return next
    },
  }
  await rows.reader.forEach(() => {
    lineEnd ||= scanner.lineEnd
    isLoadable =
      rows.reader.problem === null &&
      scanner.isRegular &&
      scanner.fieldCount === width &&
      (scanner.lineEnd === lineEnd || scanner.lineEnd === '') &&
      // DuckDB guesses CRLF, from the first line end it sees, and misreads it when told.
      (lineEnd !== '\r\n' || scanner.lines === 1) &&
      lineEnd !== '\r' &&
      !scanner.isBlank(buffer)
    if (!isLoadable) return 'stop'
    if (count > 0 || !rows.hasHeader) {
      spaces.look(buffer, scanner)
      digits.look(scanner)
    }
    tell(++count)
    if (lineEnd === '\n' || lineEnd === '\r\n')
      plain ??= new PlainRecords({ dialect: rows.dialect, width, lineEnd }, { spaces, digits })
    return count < limit ? undefined : 'stop'
  }, passer)
  if (!isLoadable) return null
  return {
    rows: rows.hasHeader ? Math.max(0, count - 1) : count,
    lineEnd: lineEnd === '\r\n' ? '\r\n' : '\n',
    spaces: spaces.list,
    digits: digits.list,
  }
}

/** Tells how many rows there were so far, each hundred thousand. */
function progressTeller(progress: (rows: number) => void): (rows: number) => void {
  const each = 100_000
  let told = 0
  return (rows) => {
    if (rows - told < each) return
    told = rows - (rows % each)
    progress(told)
  }
}
