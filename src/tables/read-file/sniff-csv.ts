import type { RunContext } from '../../node-kit/run-context.ts'
import { ColumnSampler } from './column-sampler.ts'
import { columnNames } from './column-names.ts'
import { CsvReader } from './csv-reader.ts'
import { guessHeader } from './guess-header.ts'
import { readError } from './read-errors.ts'
import type { Dialect, FileSniff, ReadOptions, TextEncoding } from './read-options.ts'
import { recordProblem } from './record-problem.ts'
import type { RecordProblem } from './record-reader.ts'
import { openTextSource } from './text-source.ts'

/** Rows that the header is guessed from. */
const HEADER_ROWS = 200
export const SAMPLE_ROWS = 20_000

export interface CsvSniff extends FileSniff {
  format: 'csv' | 'tsv'
  encoding: TextEncoding
  dialect: Dialect
}

/** Of wide tables, fewer rows. */
export const SAMPLE_CELLS = 2_000_000

/** Finds out header, names and types of delimited text from its first rows. */
export async function sniffCsv(
  context: RunContext,
  options: ReadOptions,
  found: { format: CsvSniff['format']; encoding: TextEncoding; cut: Omit<Dialect, 'header'> },
): Promise<CsvSniff> {
  const source = await openTextSource(options.path, found.encoding)
  try {
    const dialect = { ...found.cut, header: false }
    const reader = new CsvReader(source, { dialect, trim: options.trim ?? true, context })
    const sample = new CsvSample(options)
    await reader.forEach(() => {
      if (reader.problem !== null) sample.addDamaged({ line: reader.line, problem: reader.problem })
      if (reader.problem !== null || reader.scanner.isBlank(reader.buffer)) return undefined
      return sample.add({ fields: reader.fields(), line: reader.line })
    })
    const { header, samplers, rows } = sample.finish()
    const startColumns = samplers.map((sampler) => sampler.startColumn(context.node))
    const { format, encoding, cut } = found
    const doubts = samplers.flatMap((sampler) => sampler.doubts)
    return { format, encoding, dialect: { ...cut, header }, startColumns, sampledRows: rows, doubts }
  } finally {
    await source.close()
  }
}

interface CsvRecord {
  fields: string[]
  line: number
}

class CsvSample {
  #rows = 0
  #first: CsvRecord[] | null = []
  #samplers: ColumnSampler[] = []
  #header = false
  #damagedTop: { line: number; problem: RecordProblem } | null = null
  readonly #options: ReadOptions
  readonly #limit: number

  constructor(options: ReadOptions) {
    this.#options = options
    this.#limit = options.sampleRows ?? SAMPLE_ROWS
  }

  addDamaged(record: { line: number; problem: RecordProblem }): void {
    if (this.#first?.length === 0) this.#damagedTop ??= record
  }

  add(record: CsvRecord): 'stop' | undefined {
    if (this.#first) {
      this.#first.push(record)
      if (this.#first.length <= Math.min(HEADER_ROWS, this.#limit)) return undefined
      this.#decide(this.#first)
    } else this.#sample(record)
    return this.#rows >= Math.min(this.#limit, SAMPLE_CELLS / this.#samplers.length) ? 'stop' : undefined
  }

  finish(): { header: boolean; samplers: ColumnSampler[]; rows: number } {
    if (this.#first) this.#decide(this.#first)
    return { header: this.#header, samplers: this.#samplers, rows: this.#rows }
  }

  #decide(first: CsvRecord[]): void {
    this.#first = null
    const [top, ...rest] = first
    if (!top) throw readError('empty', { file: this.#options.path })
    this.#header =
      this.#options.header ??
      guessHeader(
        top.fields,
        rest.map(({ fields }) => fields),
      )
    if (this.#header && this.#damagedTop) throw badHeader(this.#options.path, this.#damagedTop)
    const names = columnNames(this.#header ? top.fields : top.fields.map(() => ''))
    this.#samplers = names.map((name) => new ColumnSampler(name, this.#options))
    for (const record of this.#header ? rest : first) this.#sample(record)
  }

  #sample({ fields, line }: CsvRecord): void {
    this.#rows++
    if (!fitsWidth(fields, this.#samplers.length)) return
    for (const [index, sampler] of this.#samplers.entries()) sampler.add(fields[index]!, line)
  }
}

/** Whatever stands first names the columns: that may not become a row of values because the names are damaged. */
function badHeader(file: string, { line, problem }: { line: number; problem: RecordProblem }): Error {
  return readError('bad-header', { file, line, reason: recordProblem(problem).message })
}

/** True for a row with a field a column; one more, if it is empty, is a delimiter too many at the end of the line. */
function fitsWidth(fields: readonly string[], width: number): boolean {
  return fields.length === width || (fields.length === width + 1 && fields[width] === '')
}
