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
    return Array.from({ length: this.scanner.fieldCount }, (_, index) => this.field(index))
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
