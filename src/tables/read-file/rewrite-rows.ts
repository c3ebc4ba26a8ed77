import { closeSync, openSync, writeSync } from 'node:fs'
import type { FileRows } from './file-rows.ts'
import { SpacesSeen } from './spaces-seen.ts'
import type { LoadableText } from './survey-csv.ts'

const OUTPUT_BYTES = 4 << 20

/**
 * Writes the rows without a problem in a form that DuckDB cannot mistake: a header, then a line each, quotes `"` doubled
 * inside, an empty text `""`, a null nothing.
 */
export async function rewriteRows(
  rows: FileRows,
  target: { path: string; progress: (rows: number) => void },
): Promise<LoadableText & { rejected: number }> {
  const output = new BufferedFile(target.path)
  const spaces = new SpacesSeen(rows.names.length)
  let kept = 0
  let rejected = 0
  try {
    // A header, lest a first value that starts with U+FEFF be taken for a byte order mark.
    output.write(`${rows.names.map((_, index) => `c${index}`).join(rows.delimiter)}\n`)
    await rows.forEach(() => {
      if (rows.problem) rejected++
      else {
        kept++
        output.write(rows.record(spaces) ?? serialize(rows, spaces))
        output.write('\n')
      }
      if ((kept + rejected) % 100_000 === 0) target.progress(kept + rejected)
      return undefined
    })
  } finally {
    output.close()
  }
  return { rows: kept, rejected, lineEnd: '\n', spaces: spaces.list }
}

function serialize(rows: FileRows, spaces: SpacesSeen): string {
  const { delimiter } = rows
  const cells: string[] = []
  for (let column = 0; column < rows.names.length; column++) {
    const text = rows.cell(column)
    if (text === null) cells.push('')
    else {
      spaces.lookAtText(column, text)
      const isPlain = text !== '' && !text.includes(delimiter) && !/["\r\n]/.test(text)
      cells.push(isPlain ? text : `"${text.replaceAll('"', '""')}"`)
    }
  }
  return cells.join(delimiter)
}

class BufferedFile {
  readonly #file: number
  readonly #buffer = Buffer.allocUnsafe(OUTPUT_BYTES)
  #filled = 0

  constructor(path: string) {
    this.#file = openSync(path, 'w')
  }

  write(data: string | Buffer): void {
    const size = typeof data === 'string' ? Buffer.byteLength(data) : data.length
    if (this.#filled + size > OUTPUT_BYTES) this.#flush()
    if (size > OUTPUT_BYTES) writeSync(this.#file, typeof data === 'string' ? Buffer.from(data) : data)
    else if (typeof data === 'string') this.#filled += this.#buffer.write(data, this.#filled)
    else this.#filled += data.copy(this.#buffer, this.#filled)
  }

  close(): void {
    this.#flush()
    closeSync(this.#file)
  }

  #flush(): void {
    for (let written = 0; written < this.#filled;) {
      written += writeSync(this.#file, this.#buffer, written, this.#filled - written)
    }
    this.#filled = 0
  }
}
