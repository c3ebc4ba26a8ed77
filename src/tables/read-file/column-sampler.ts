import type { ReaderRule, StartColumn } from '../../core/artifacts.ts'
import { dateFormatProblem } from '../date-grammar.ts'
import { defaultNullValues } from '../reader-grammar.ts'
import { ColumnInference, typeOfFormat } from './infer-column.ts'
import { readError } from './read-errors.ts'
import type { ColumnReadOptions, ReadOptions, TypeDoubt } from './read-options.ts'

/** What is said of values, whatever kind of file they stand in. */
export type ValueOptions = Pick<
  ReadOptions,
  | 'trim'
  | 'nullValues'
  | 'decimalMark'
  | 'thousandsMark'
  | 'trueValues'
  | 'falseValues'
  | 'dateFormat'
  | 'columns'
>

/** Collects what a sample says of one column, and makes its start column with its rule. */
export class ColumnSampler {
  readonly #name: string
  readonly #options: ColumnReadOptions
  readonly #nulls: ReadonlySet<string>
  readonly #replacements: ReadonlyMap<string, string>
  readonly #inference: ColumnInference

  constructor(name: string, given: ValueOptions) {
    this.#name = name
    this.#options = columnOptions(name, given)
    const { nullValues, replace, type, format } = this.#options
    this.#nulls = new Set(nullValues)
    this.#replacements = new Map(Object.entries(replace ?? {}))
    const marks = marksOf(this.#options)
    this.#inference = new ColumnInference({
      ...(format !== undefined && { format }),
      ...(type !== undefined && { type }),
      ...(Object.keys(marks).length > 0 && { marks }),
    })
  }

  add(text: string, line: number): void {
    const value = this.#valueOf(text)
    if (value !== null) this.#inference.add(value, line)
  }

  /** A JSON string is text, a date or a time, whatever it looks like. */
  addString(text: string, line: number): void {
    const value = this.#valueOf(text)
    if (value !== null) this.#inference.addString(value, line)
  }

  /** What speaks against the type that the column has; none for a text that is wanted as such. */
  get doubts(): TypeDoubt[] {
    const doubt = this.#options.type === 'text' ? null : this.#inference.doubt
    return doubt ? [{ ...doubt, column: this.#name }] : []
  }

  /** The column as found out so far; text where nothing else will do. */
  startColumn(source: string): StartColumn {
    const options = this.#options
    const found = this.#inference.result
    const type = options.type ?? found?.type ?? 'text'
    const rule: ReaderRule = {
      trim: options.trim ?? true,
      nullValues: [...(options.nullValues ?? [])],
      ...(options.replace && Object.keys(options.replace).length > 0 && { replace: { ...options.replace } }),
      ...((type === 'number' || type === 'integer') && marksOf({ ...options, ...found?.rule })),
      ...(type === 'date' || type === 'datetime'
        ? formatOf(found?.rule.format ?? this.#knownFormat(type))
        : {}),
      ...(type === 'boolean' && options.trueValues && { trueValues: [...options.trueValues] }),
      ...(type === 'boolean' && options.falseValues && { falseValues: [...options.falseValues] }),
    }
    return { name: this.#name, type, source, rule }
  }

  #valueOf(text: string): string | null {
    const trimmed = this.#options.trim === false ? text : text.trim()
    if (this.#nulls.has(trimmed)) return null
    return this.#replacements.get(trimmed) ?? trimmed
  }

  // A format that was said of all columns is no reason to read a column of ISO dates by it.
  #knownFormat(type: 'date' | 'datetime'): string | undefined {
    return this.#options.type === type ? this.#options.format : undefined
  }
}

/** What is said of a column itself, else of all columns, else the defaults. */
function columnOptions(name: string, given: ValueOptions): ColumnReadOptions {
  const own = given.columns && Object.hasOwn(given.columns, name) ? given.columns[name]! : {}
  const { decimalMark, thousandsMark, trueValues, falseValues, dateFormat } = given
  const options: ColumnReadOptions = {
    trim: given.trim ?? true,
    nullValues: given.nullValues ?? defaultNullValues,
    ...(decimalMark !== undefined && { decimalMark }),
    ...(thousandsMark !== undefined && { thousandsMark }),
    ...(trueValues && { trueValues }),
    ...(falseValues && { falseValues }),
    ...(dateFormat !== undefined && { format: dateFormat }),
    ...(own.format !== undefined && { type: typeOfFormat(own.format) }),
    ...own,
  }
  const problem = options.format === undefined ? null : dateFormatProblem(options.format)
  if (problem) throw readError('bad-format', { format: options.format!, reason: problem })
  const mark = options.decimalMark ?? '.'
  if (mark === options.thousandsMark) throw readError('same-marks', { column: name, mark })
  return options
}

type Marks = Pick<ReaderRule, 'decimalMark' | 'thousandsMark'>

function marksOf({ decimalMark, thousandsMark }: Marks): Marks {
  return { ...(decimalMark && { decimalMark }), ...(thousandsMark && { thousandsMark }) }
}

function formatOf(format: string | undefined): Pick<ReaderRule, 'format'> {
  return format === undefined ? {} : { format }
}
