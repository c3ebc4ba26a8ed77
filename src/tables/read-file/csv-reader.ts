import { isAscii } from 'node:buffer'
import type { RunContext } from '../../node-kit/run-context.ts'
import { CsvScanner, ESCAPED } from './csv-scanner.ts'
import type { Dialect } from './read-options.ts'
import { RecordReader } from './record-reader.ts'
import type { TextSource } from './text-source.ts'

/** Goes through the records of delimited text, and knows their fields. */
export class CsvReader extends RecordReader<CsvScanner> {
  readonly #dialect: Dialect

  constructor(
    source: TextSource,
    options: { dialect: Dialect; trim: boolean; context: Pick<RunContext, 'signal'> },
  ) {
    super(source, new CsvScanner(options.dialect, { trim: options.trim }), options.context)
    this.#dialect = options.dialect
  }

  field(index: number): string {
    const { starts, ends, kinds } = this.scanner
    const text = this.buffer.toString('utf8', starts[index], ends[index])
    return kinds[index] === ESCAPED ? unescaped(text, this.#dialect) : text
  }

  fields(): string[] {
    const { starts, ends, kinds, start, fieldCount } = this.scanner
    const { bytes } = this
    // Where each character is a byte, all fields are cut out of one text.
    const record = isAscii(bytes) ? bytes.toString('latin1') : null
    const fields: string[] = []
    for (let index = 0; index < fieldCount; index++) {
      const isCut = record !== null && kinds[index] !== ESCAPED
      fields.push(isCut ? record.slice(starts[index]! - start, ends[index]! - start) : this.field(index))
    }
    return fields
  }
}

function unescaped(text: string, { quote, escape }: Dialect): string {
  let result = ''
  for (let at = 0; at < text.length; at++) {
    const isEscape = text[at] === escape && (text[at + 1] === quote || text[at + 1] === escape)
    if (isEscape) at++
    result += text[at]
  }
  return result
}
