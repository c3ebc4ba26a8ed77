import type { ReaderRule, StartColumn } from '../core/artifacts.ts'
import { ownValue } from '../core/own-value.ts'
import type { ColumnChunk } from './column-chunk.ts'
import { typedParser, valueParser, type ParsedValue, type ValueProblem } from './parse-value.ts'

/** What is wrong with a value of a request. `row` counts from 0; `field` is empty where it is the row itself. */
export interface FieldProblem {
  row: number
  field: string
  message: string
}

/** Columns of inputs, in their order, with room for rows that are read into them. */
export type RowColumns = readonly (Float64Array | string[])[]

/** Reads what callers send by the very rules by which the training file was read. */
export interface RowReader {
  /** JSON objects, one a row. What is left out is null. */
  readObjects(rows: readonly unknown[]): ColumnChunk | readonly FieldProblem[]
  /**
   * Values by column, one array a column, all of one length. Arrays of numbers in binary form may hold NaN for null, and
   * infinities, as files may.
   */
  readColumns(
    columns: Readonly<Record<string, ArrayLike<unknown>>>,
    rows: number,
  ): ColumnChunk | readonly FieldProblem[]
  /** Empty columns with room for so many rows. */
  makeColumns(rows: number): RowColumns
  /** Reads an object into place `at` of the columns. Gives how many of its fields are inputs, or what is wrong. */
  readRow(row: unknown, columns: RowColumns, at: number): number | readonly FieldProblem[]
}

/** How a column is read that no file had: typed as it is computed. */
const plainRule: ReaderRule = { trim: true, nullValues: [''] }
const mostProblems = 20
const longestShown = 80

type ReadValue = (given: unknown) => ParsedValue

/** The reader of the inputs of a signature; compiled once, for many rows. */
export function rowReader(inputs: readonly StartColumn[]): RowReader {
  const fields = inputs.map((input) => ({
    ...input,
    quick: exceptionsOf(input).size === 0 ? input.type : ('no' as const),
    read: valueReader(input),
    texts: new Map<string, string>(),
  }))
  const makeColumns = (rows: number): RowColumns =>
    fields.map(({ type }) =>
      type === 'text' ? Array.from<string>({ length: rows }).fill('') : new Float64Array(rows),
    )

  let layout = layoutOf([], inputs)
  const readRow: RowReader['readRow'] = (row, columns, at) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      return [{ row: at, field: '', message: 'This row is not an object of columns and values.' }]
    const keys = Object.keys(row)
    if (!isSame(keys, layout.keys)) layout = layoutOf(keys, inputs)
    const values: readonly unknown[] = Object.values(row)
    let { known } = layout
    let problems: FieldProblem[] | undefined
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index]!
      const place = layout.places[index]!
      const given = place === nowhere ? undefined : values[place]
      if (typeof given === 'number' && isAsItIs(given, field.quick)) {
        ;(columns[index] as Float64Array)[at] = given + 0
        continue
      }
      const text = typeof given === 'string' ? field.texts.get(given) : undefined
      if (text !== undefined) {
        ;(columns[index] as string[])[at] = text
        continue
      }
      if (given === undefined && place !== nowhere) known -= 1
      const parsed = field.read(given)
      if ('problem' in parsed) {
        problems ??= []
        problems.push({ row: at, field: field.name, message: describeProblem(parsed.problem, field, given) })
        continue
      }
      store(columns[index]!, at, parsed.value)
      if (field.type === 'text' && typeof given === 'string')
        remember(field.texts, given, columns[index]![at] as string)
    }
    return problems ?? known
  }

  return {
    makeColumns,
    readRow,
    readObjects(rows) {
      const columns = makeColumns(rows.length)
      const problems: FieldProblem[] = []
      for (let at = 0; at < rows.length && problems.length < mostProblems; at++) {
        const read = readRow(rows[at], columns, at)
        if (typeof read !== 'number') problems.push(...read)
      }
      return problems.length > 0 ? problems.slice(0, mostProblems) : chunkOf(inputs, columns, rows.length)
    },
    readColumns(given, rows) {
      const columns = makeColumns(rows)
      const problems: FieldProblem[] = []
      for (const [index, field] of fields.entries()) {
        const values = ownValue(given, field.name)
        if (values === undefined) fillWithNull(columns[index]!)
        else problems.push(...readColumn(values, { field, column: columns[index]!, rows }))
      }
      return problems.length > 0 ? problems.slice(0, mostProblems) : chunkOf(inputs, columns, rows)
    },
  }
}

/** The columns by name, as models take them. */
export function chunkOf(inputs: readonly StartColumn[], columns: RowColumns, rows: number): ColumnChunk {
  return { rows, columns: Object.fromEntries(inputs.map(({ name }, index) => [name, columns[index]!])) }
}

/** Where the inputs stand among the fields of a row. Most rows have the same fields in the same order as the one before. */
interface Layout {
  keys: readonly string[]
  /** One an input, `nowhere` where the row has none. */
  places: Int32Array
  /** How many inputs the row has. */
  known: number
}

const nowhere = -1

function layoutOf(keys: readonly string[], inputs: readonly StartColumn[]): Layout {
  const placeOf = new Map(keys.map((key, place) => [key, place]))
  const places = Int32Array.from(inputs, ({ name }) => placeOf.get(name) ?? nowhere)
  return { keys, places, known: places.filter((place) => place !== nowhere).length }
}

function isSame(keys: readonly string[], others: readonly string[]): boolean {
  if (keys.length !== others.length) return false
  for (let index = 0; index < keys.length; index++) if (keys[index] !== others[index]) return false
  return true
}

/** Whether a number needs no rule of its column. */
function isAsItIs(number: number, type: StartColumn['type'] | 'no'): boolean {
  if (type === 'number') return Number.isFinite(number)
  return type === 'integer' && Number.isSafeInteger(number)
}

const mostRemembered = 4_096
const longestRemembered = 64

/** The same texts come again and again; finding one takes a fraction of reading it. */
function remember(texts: Map<string, string>, given: string, read: string): void {
  if (texts.size < mostRemembered && given.length <= longestRemembered) texts.set(given, read)
}

function readColumn(
  values: ArrayLike<unknown>,
  {
    field,
    column,
    rows,
  }: { field: StartColumn & { read: ReadValue }; column: Float64Array | string[]; rows: number },
): FieldProblem[] {
  if (values.length !== rows)
    return [{ row: 0, field: field.name, message: `It has ${values.length} values for ${rows} rows.` }]
  const isBinary = values instanceof Float64Array || values instanceof Float32Array
  const problems: FieldProblem[] = []
  for (let at = 0; at < rows && problems.length < mostProblems; at++) {
    const given = values[at]
    // Binary numbers have no other way to say “no value”, and may be infinite, as those of a file.
    const isKept = isBinary && (Number.isNaN(given) || (field.type === 'number' && !Number.isFinite(given)))
    const parsed = isKept ? { value: given as number } : field.read(given)
    if ('problem' in parsed)
      problems.push({ row: at, field: field.name, message: describeProblem(parsed.problem, field, given) })
    else store(column, at, parsed.value)
  }
  return problems
}

function fillWithNull(column: Float64Array | string[]): void {
  if (column instanceof Float64Array) column.fill(NaN)
  else column.fill('')
}

function store(column: Float64Array | string[], at: number, value: string | number | boolean | null): void {
  if (column instanceof Float64Array) column[at] = value === null ? NaN : Number(value)
  else column[at] = String(value ?? '')
}

function valueReader(input: StartColumn): ReadValue {
  const { type, rule = plainRule } = input
  const parse = valueParser({ type, rule })
  const exceptions = exceptionsOf(input)
  // What is typed already needs no words for true and false, and no mark for decimals.
  const readNumber = (given: number): ParsedValue => {
    if (!Number.isFinite(given)) return { problem: 'out-of-range' }
    if (type === 'number') return exceptions.get(given) ?? { value: given + 0 }
    if (type !== 'integer') return parse(String(given))
    if (!Number.isInteger(given)) return { problem: 'wrong-type' }
    return (
      exceptions.get(given) ??
      (Number.isSafeInteger(given) ? { value: given + 0 } : { problem: 'out-of-range' })
    )
  }
  return (given) => {
    if (given === undefined || given === null) return { value: null }
    if (typeof given === 'string') return parse(given)
    if (typeof given === 'number') return readNumber(given)
    if (typeof given === 'boolean') return type === 'boolean' ? { value: given } : parse(String(given))
    if (typeof given === 'bigint') return type === 'text' ? parse(String(given)) : readNumber(Number(given))
    return { problem: 'wrong-type' }
  }
}

/** Numbers that the rule of a column reads as something else: -999 where “-999” is no value. */
function exceptionsOf({ type, rule = plainRule }: StartColumn): ReadonlyMap<number, ParsedValue> {
  if (type !== 'number' && type !== 'integer') return new Map()
  const typed = typedParser(type, rule)
  const parse = valueParser({ type, rule })
  const texts = [...rule.nullValues, ...Object.keys(rule.replace ?? {})]
  return new Map(
    texts.flatMap((text) => {
      const read = typed(text)
      // Others than finite ones are refused before.
      return 'value' in read && Number.isFinite(read.value)
        ? [[Number(read.value), parse(text)] as const]
        : []
    }),
  )
}

function describeProblem(problem: ValueProblem, { type }: Pick<StartColumn, 'type'>, given: unknown): string {
  switch (problem) {
    case 'wrong-type':
      return `${shown(given)} is not ${wordsFor[type]}.`
    case 'out-of-range':
      return `${shown(given)} is not a value that ${wordsFor[type]} can have.`
    case 'nul-character':
    case 'not-unicode':
      return 'This text holds a character that cannot be stored.'
  }
}

function shown(given: unknown): string {
  if (Array.isArray(given)) return 'A list'
  if (typeof given === 'object') return 'An object'
  const text = (given as string | number | bigint | boolean).toString()
  return `“${text.length > longestShown ? `${text.slice(0, longestShown).toWellFormed()}…` : text}”`
}

const wordsFor = {
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  text: 'a text',
  date: 'a date',
  datetime: 'a date with a time',
} as const
