import type { RunContext } from '../../node-kit/run-context.ts'
import { CsvScanner } from './csv-scanner.ts'
import type { FileRows, RowProblem } from './file-rows.ts'
import { JsonArrayScanner } from './json-array-scanner.ts'
import { readError } from './read-errors.ts'
import { recordProblem } from './record-problem.ts'
import { RecordReader, type RecordScanner } from './record-reader.ts'
import type { TextSource } from './text-source.ts'

export type JsonObject = Readonly<Record<string, unknown>>

// Lines are records without quotes; what delimits fields in them does not matter.
const lineDialect = { delimiter: '\x1e', quote: null, escape: null, header: false }

/** The rows of a JSON array of objects, or of one JSON object a line. */
export class JsonRows implements FileRows {
  readonly names: readonly string[]
  readonly delimiter = ','
  line = 0
  problem: RowProblem | null = null
  /** The object of a row without a problem. */
  object: JsonObject = {}
  readonly #file: string
  readonly #reader: RecordReader<RecordScanner>
  readonly #keys: ReadonlySet<string> | null
  readonly #keyList: readonly string[]

  constructor(
    source: TextSource,
    table: {
      format: 'json' | 'json-lines'
      file: string
      /** The fields that a row may have, and the columns they go to; null takes any. */
      fields: { keys: readonly string[]; names: readonly string[] } | null
      context: Pick<RunContext, 'signal'>
    },
  ) {
    const scanner =
      table.format === 'json' ? new JsonArrayScanner() : new CsvScanner(lineDialect, { trim: false })
    this.names = table.fields?.names ?? []
    this.#keyList = table.fields?.keys ?? []
    this.#keys = table.fields ? new Set(table.fields.keys) : null
    this.#file = table.file
    this.#reader = new RecordReader<RecordScanner>(source, scanner, table.context)
  }

  cell(column: number): string | null {
    const key = this.#keyList[column]!
    return Object.hasOwn(this.object, key) ? textOfJson(this.object[key]) : null
  }

  record(): null {
    return null
  }

  raw(): string {
    return this.#reader.bytes.toString('utf8')
  }

  async forEach(visit: () => 'stop' | undefined): Promise<void> {
    const reader = this.#reader
    await reader.forEach(() => {
      const text = reader.problem === null ? this.raw() : ''
      if (reader.problem === null && text.trim() === '') return undefined
      this.line = reader.line
      this.problem = reader.problem === null ? this.#read(text) : recordProblem(reader.problem)
      return visit()
    })
    const { failure } = reader.scanner
    if (failure) throw readError('bad-json', { file: this.#file, line: reader.line, reason: failure.reason })
  }

  #read(text: string): RowProblem | null {
    let value: unknown
    try {
      value = parseJson(text)
    } catch (error) {
      return { reason: 'bad-json', message: `This is no JSON: ${(error as Error).message}.` }
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { reason: 'not-an-object', message: 'This is no JSON object.' }
    }
    this.object = value as JsonObject
    const keys = this.#keys
    const unknown = keys ? Object.keys(value).find((key) => !keys.has(key)) : undefined
    return unknown === undefined
      ? null
      : {
          reason: 'unknown-field',
          message: `The field “${unknown}” is in none of the first rows. Set its type in the reader to have it.`,
          column: unknown,
        }
  }
}

/** Whole numbers beyond 2^53 come as text, so that no digit is lost. */
function parseJson(text: string): unknown {
  return /[0-9]{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  const isWhole = source !== undefined && /^-?[0-9]+$/.test(source)
  return typeof value === 'number' && isWhole && !Number.isSafeInteger(value) ? source : value
}

/** A JSON value as the text that a reader rule takes; arrays and objects as JSON. */
export function textOfJson(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
