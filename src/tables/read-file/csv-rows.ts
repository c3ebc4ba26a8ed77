import type { RunContext } from '../../node-kit/run-context.ts'
import { CsvReader } from './csv-reader.ts'
import type { FileRows, RowProblem } from './file-rows.ts'
import type { Dialect } from './read-options.ts'
import { recordProblem } from './record-problem.ts'
import type { SpacesSeen } from './spaces-seen.ts'
import type { TextSource } from './text-source.ts'

/** The rows of delimited text whose columns are known. */
export class CsvRows implements FileRows {
  readonly names: readonly string[]
  readonly reader: CsvReader
  line = 0
  problem: RowProblem | null = null
  readonly dialect: Dialect
  #isBlank = false

  constructor(
    source: TextSource,
    table: {
      names: readonly string[]
      dialect: Dialect
      trim: boolean
      context: Pick<RunContext, 'signal'>
    },
  ) {
    this.names = table.names
    this.dialect = table.dialect
    this.reader = new CsvReader(source, table)
  }

  get hasHeader(): boolean {
    return this.dialect.header
  }

  get delimiter(): string {
    return this.dialect.delimiter
  }

  cell(column: number): string | null {
    return this.#isBlank ? '' : this.reader.field(column)
  }

  record(spaces: SpacesSeen): Buffer | null {
    const { scanner, buffer, bytes } = this.reader
    const isWhole = !this.#isBlank && scanner.isRegular && scanner.fieldCount === this.names.length
    if (!isWhole || this.names.length === 1) return null
    const { quote } = this.dialect
    const hasOtherQuotes = quote !== '"' && (bytes.includes('"') || bytes.includes(quote ?? '"'))
    if (hasOtherQuotes) return null
    spaces.look(buffer, scanner)
    return bytes
  }

  raw(): string {
    return this.#isBlank ? '' : this.reader.bytes.toString('utf8')
  }

  async forEach(visit: () => 'stop' | undefined): Promise<void> {
    const { reader } = this
    let isHeaderDue = this.hasHeader
    // In a single column a blank line is a row without a value, if a row comes after it.
    const blankLines: number[] = []
    await reader.forEach(() => {
      if (reader.problem === null && reader.scanner.isBlank(reader.buffer)) {
        if (this.names.length === 1 && !isHeaderDue) blankLines.push(reader.line)
        return undefined
      }
      if (isHeaderDue && reader.problem === null) {
        isHeaderDue = false
        return undefined
      }
      if (blankLines.length > 0 && this.#visitBlank(blankLines.splice(0), visit) === 'stop') return 'stop'
      this.line = reader.line
      this.problem = this.#findProblem()
      return visit()
    })
  }

  #visitBlank(lines: readonly number[], visit: () => 'stop' | undefined): 'stop' | undefined {
    this.#isBlank = true
    this.problem = null
    try {
      for (const line of lines) {
        this.line = line
        if (visit() === 'stop') return 'stop'
      }
      return undefined
    } finally {
      this.#isBlank = false
    }
  }

  #findProblem(): RowProblem | null {
    const { reader } = this
    if (reader.problem !== null) return recordProblem(reader.problem)
    const { fieldCount } = reader.scanner
    const wanted = this.names.length
    if (fieldCount === wanted) return null
    if (fieldCount < wanted) {
      const column = this.names[fieldCount]!
      return {
        reason: 'too-few-fields',
        message: `There are ${fieldCount} fields where ${wanted} are wanted; column “${column}” has none.`,
        column,
      }
    }
    if (fieldCount === wanted + 1 && reader.field(wanted) === '') return null
    return {
      reason: 'too-many-fields',
      message: `There are ${fieldCount} fields where ${wanted} are wanted.`,
    }
  }
}
