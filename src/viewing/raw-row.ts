import type { RawValue } from '../contract/model-details.ts'
import type { ReaderRule, StartColumn } from '../core/artifacts.ts'
import { ownValue } from '../core/own-value.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import { parseValue, type ParsedValue, type ValueProblem } from '../tables/parse-value.ts'

/** How a column is read that no file had: typed as it is computed. */
const plainRule: ReaderRule = { trim: true, nullValues: [''] }

/** The values of one request as a model gets them, by the rules of its columns; or what is wrong with them. */
export function readRawRow(
  inputs: readonly StartColumn[],
  row: Readonly<Record<string, RawValue>>,
): { chunk: ColumnChunk } | { problems: { input: string; message: string }[] } {
  const read = inputs.map((input) => ({ input, ...readRaw(input, ownValue(row, input.name) ?? null) }))
  const problems = read.flatMap((each) =>
    'problem' in each
      ? [{ input: each.input.name, message: describeProblem(each.problem, { ...each.input, given: row }) }]
      : [],
  )
  if (problems.length > 0) return { problems }
  const columns = read.map((each) => {
    const value = 'value' in each ? each.value : null
    const isText = each.input.type === 'text'
    return [
      each.input.name,
      isText ? [String(value ?? '')] : Float64Array.of(value === null ? NaN : Number(value)),
    ]
  })
  return { chunk: { rows: 1, columns: Object.fromEntries(columns) as ColumnChunk['columns'] } }
}

function readRaw({ type, rule = plainRule }: StartColumn, given: RawValue): ParsedValue {
  if (given === null) return { value: null }
  // What is typed already needs no words for true and false, and no mark for decimals.
  if (typeof given === 'boolean' && type === 'boolean') return { value: given }
  if (typeof given === 'number' && type === 'number') return { value: given }
  if (typeof given === 'number' && type === 'integer')
    return Number.isSafeInteger(given) ? { value: given } : { problem: 'wrong-type' }
  return parseValue(String(given), { type, rule })
}

function describeProblem(
  problem: ValueProblem,
  { name, type, given }: StartColumn & { given: Readonly<Record<string, RawValue>> },
): string {
  const text = String(ownValue(given, name))
  switch (problem) {
    case 'wrong-type':
      return `“${text}” is not ${wordsFor[type]}.`
    case 'out-of-range':
      return `“${text}” is not a value that ${wordsFor[type]} can have.`
    case 'nul-character':
    case 'not-unicode':
      return 'This text holds a character that cannot be stored.'
  }
}

const wordsFor = {
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  text: 'a text',
  date: 'a date',
  datetime: 'a date with a time',
} as const
