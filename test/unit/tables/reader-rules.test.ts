import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReaderRule } from '../../../src/core/artifacts.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { parseValue, valueParser } from '../../../src/tables/parse-value.ts'
import { quoteText } from '../../../src/tables/quote.ts'
import { defaultNullValues, whiteSpace, type RuledColumn } from '../../../src/tables/reader-grammar.ts'
import { readerProblemSql, readerSql, type Spaces } from '../../../src/tables/reader-sql.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
let database: DuckDb
beforeAll(async () => {
  context = await createTestContext()
  database = await openDuckDb(context)
})
afterAll(async () => {
  database.close()
  await context.dispose()
})

const plain: ReaderRule = { trim: true, nullValues: [...defaultNullValues] }

/** What both executions make of a text, in one notation. */
async function readInSql(
  texts: readonly string[],
  column: RuledColumn,
  spaces: Spaces = 'any',
): Promise<string[]> {
  const { type } = column
  const options = { text: 'raw', column, spaces, otherwise: 'NULL' }
  const list = texts.map((text) => `(${quoteText(text)})`).join(', ')
  const rows = await database.rows<{ value: number | string | boolean | null; problem: boolean }>(
    `SELECT ${shownSql(readerSql(options), type)} AS value, ${readerProblemSql(options)} AS problem FROM (VALUES ${list}) t(raw)`,
  )
  return rows.map(({ value, problem }) => (problem ? 'problem' : notation(value)))
}

// The client drops a byte order mark at the start of a text, so one letter is put before it.
function shownSql(value: string, type: RuledColumn['type']): string {
  if (type === 'date' || type === 'datetime') return `epoch_ms((${value})::TIMESTAMP)::DOUBLE`
  if (type === 'integer') return `(${value})::DOUBLE`
  return type === 'text' ? `'x' || (${value})` : `(${value})`
}

function readInTypeScript(texts: readonly string[], column: RuledColumn): string[] {
  const parse = valueParser(column)
  return texts.map((text) => {
    const parsed = parse(text)
    if ('problem' in parsed) return 'problem'
    return notation(typeof parsed.value === 'string' ? `x${parsed.value}` : parsed.value)
  })
}

const notation = (value: number | string | boolean | null): string =>
  Object.is(value, -0) ? 'number 0' : `${value === null ? 'null' : typeof value} ${String(value)}`

const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), maxLength: 25 })
const numberish = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from("0123456789+-.,eE_ 'xnaifty")), maxLength: 12 }),
  fc.double().map(String),
  fc
    .tuple(
      fc.constantFrom('', '+', '-', '+-'),
      digits,
      fc.constantFrom('', '.', ','),
      digits,
      fc.constantFrom('', 'e5', 'E-7', 'e+400', 'e-400'),
    )
    .map((parts) => parts.join('')),
  fc.integer({ min: 0, max: 10 ** 9 }).map((value) => value.toLocaleString('en-US')),
  fc.integer({ min: 0, max: 10 ** 9 }).map((value) => value.toLocaleString('de-DE')),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
)
const nasty = fc.constantFrom(
  '',
  ' ',
  '+5',
  '1e400',
  '-1e400',
  '1e-400',
  '4.9e-324',
  '0x10',
  '0b1',
  '1_000',
  'Infinity',
  '-inf',
  'INF',
  '+infinity',
  'nan',
  '-NaN',
  '1.',
  '.5',
  '.',
  '-0',
  '-0.0',
  '1 000',
  '1\u00a0000',
  '1\u202f000',
  "1'000",
  '1\u2019000',
  '9007199254740991',
  '9007199254740992',
  '-9007199254740992',
  '9223372036854775808',
  '1.7976931348623157e308',
  '1.7976931348623159e308',
  '٣',
  '１２',
  '1d',
  '5%',
  'true',
  'TRUE',
  'Yes',
  'no',
  'T',
  '0',
  '1',
  '\u212a',
  'ﬁ',
  '2024-02-29',
  '2023-02-29',
  '2024-2-29',
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '10000-01-01',
  '29.02.2024',
  '31.04.2024',
  '2024-02-29 24:00:00',
  '2024-02-29T23:59:59.999Z',
  '2024-02-29 23:59:60',
  '2024-02-29T10:00',
  '2024-02-29T10:00+0230',
  '2024-02-29T10:00:00,5-14:59',
  '2024-02-29 10:00:00.123456789 +01',
  '2024-02-29T10:00:00+15:00',
  'infinity',
  'epoch',
  'today',
  '5\n',
  '\n5',
  '\u20035\u3000',
  '\ufeff5',
  '5\u200b',
  '\u00855',
  "it's",
  '"x"',
  '😀',
  'a\u0301',
)
const pad2 = (value: number) => String(value).padStart(2, '0')
const dateish = fc
  .tuple(
    fc.integer({ min: 0, max: 10_010 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
    fc.integer({ min: 0, max: 25 }),
    fc.integer({ min: 0, max: 61 }),
    fc.integer({ min: 0, max: 61 }),
    fc.integer({ min: 0, max: 10 ** 9 - 1 }),
    fc.integer({ min: 0, max: 63 }),
  )
  .map(([year, month, day, hour, minute, second, fraction, form]) => {
    const two = form & 1 ? pad2 : String
    const date =
      form & 2
        ? `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
        : `${two(day)}.${two(month)}.${year}`
    const time = `${two(hour)}:${two(minute)}${form & 4 ? `:${two(second)}${form & 8 ? `.${fraction}` : ''}` : ''}`
    const offset = ['', 'Z', '+01:30', '-0800'][fraction % 4]!
    return form & 16 ? `${date}${form & 32 ? 'T' : ' '}${time}${offset}` : date
  })
const anyText = fc
  .string({ unit: 'grapheme', maxLength: 10 })
  .filter((text) => !text.includes('\0') && text.isWellFormed())
const spaced = (texts: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.string({ unit: fc.constantFrom('', ...Array.from(whiteSpace)), maxLength: 2 }),
      texts,
      fc.string({ unit: fc.constantFrom('', ...Array.from(whiteSpace)), maxLength: 2 }),
    )
    .map((parts) => parts.join(''))
const textsOf = (...kinds: fc.Arbitrary<string>[]) =>
  fc.array(fc.oneof(...kinds, ...kinds.map(spaced), nasty, spaced(nasty), anyText), {
    minLength: 1,
    maxLength: 40,
  })

const rules: Record<string, ReaderRule> = {
  plain,
  'not trimmed': { trim: false, nullValues: ['', 'NA'] },
  'numbers as nulls': { trim: true, nullValues: ['-999', '0', '2024-02-29', 'no'] },
  replacing: {
    trim: true,
    nullValues: [''],
    replace: { '1_000': '1000', x: '5', __proto__x: '1', '0': '', yes: 'no', '31.04.2024': '2024-04-30' },
  },
  'comma for decimals': { ...plain, decimalMark: ',' },
  'German numbers': { ...plain, decimalMark: ',', thousandsMark: '.' },
  'English numbers': { ...plain, thousandsMark: ',' },
  'French numbers': { ...plain, decimalMark: ',', thousandsMark: ' ' },
  'Swiss numbers': { ...plain, thousandsMark: "'" },
  underscores: { ...plain, thousandsMark: '_' },
  'day first': { ...plain, format: 'DD.MM.YYYY' },
  'day first with time': { ...plain, format: 'DD.MM.YYYY hh:mm' },
  'with fraction': { ...plain, format: 'YYYY-MM-DD hh:mm:ss.SSS' },
  compact: { ...plain, format: 'YYYYMMDD' },
  'a problem is a null': { ...plain, unreadable: 'null' },
  'own booleans': { ...plain, trueValues: ['Ja', '1', 'true'], falseValues: ['Nein', '0', ''] },
}

describe.each(Object.entries(rules))('with the rule “%s”', (_, rule) => {
  test.each(['number', 'integer', 'boolean', 'text', 'date', 'datetime'] as const)(
    'a %s is read alike from one text and from a million',
    async (type) => {
      const column = { type, rule }
      const texts = type === 'date' || type === 'datetime' ? textsOf(dateish, digits) : textsOf(numberish)
      await fc.assert(
        fc.asyncProperty(texts, async (list) => {
          expect(await readInSql(list, column)).toEqual(readInTypeScript(list, column))
          const tight = ['', ...list.filter((text) => text.trim() === text)]
          expect(await readInSql(tight, column, 'none')).toEqual(readInTypeScript(tight, column))
          const ascii = ['', ...list.filter((text) => /^[\t-\r ]*([!-~](.*[!-~])?)?[\t-\r ]*$/s.test(text))]
          expect(await readInSql(ascii, column, 'ascii')).toEqual(readInTypeScript(ascii, column))
        }),
        { numRuns: 15 },
      )
    },
  )
})

describe('a value', () => {
  const value = (text: string, type: RuledColumn['type'], rule: Partial<ReaderRule> = {}) =>
    parseValue(text, { type, rule: { ...plain, ...rule } })

  test.each([
    [' 29.85 ', { value: 29.85 }],
    [' ', { value: null }],
    ['?', { value: null }],
    ['1e400', { problem: 'out-of-range' }],
    ['0x10', { problem: 'wrong-type' }],
    ['-inf', { value: -Infinity }],
    ['-0', { value: 0 }],
    ['a\0b', { problem: 'nul-character' }],
    ['\ud800', { problem: 'not-unicode' }],
  ])('%j is read as a number: %j', (text, expected) => {
    expect(value(text, 'number')).toEqual(expected)
  })

  test.each([
    ['9007199254740991', { value: 9007199254740991 }],
    ['9007199254740992', { problem: 'out-of-range' }],
    ['31.0', { value: 31 }],
    ['31.5', { problem: 'wrong-type' }],
  ])('%j is read as an integer: %j', (text, expected) => {
    expect(value(text, 'integer')).toEqual(expected)
  })

  test.each([
    ['2024-02-29', 'date', {}, { value: Date.UTC(2024, 1, 29) }],
    ['2023-02-29', 'date', {}, { problem: 'out-of-range' }],
    ['0099-01-01', 'date', {}, { value: Date.parse('0099-01-01T00:00:00Z') }],
    ['29-02-2024', 'date', { format: 'DD-MM-YYYY' }, { value: Date.UTC(2024, 1, 29) }],
    ['2019-03-23 20:21:09', 'datetime', {}, { value: Date.UTC(2019, 2, 23, 20, 21, 9) }],
    ['2019-03-23T20:21:09.1239+02:00', 'datetime', {}, { value: Date.UTC(2019, 2, 23, 18, 21, 9, 123) }],
    ['1/2/2024 9:05', 'datetime', { format: 'MM/DD/YYYY hh:mm' }, { value: Date.UTC(2024, 0, 2, 9, 5) }],
  ] as const)('%j is read as a %s with %j', (text, type, rule, expected) => {
    expect(value(text, type, rule)).toEqual(expected)
  })

  test('is replaced after null values and before it is parsed', () => {
    expect(value(' <=50K. ', 'text', { replace: { '<=50K.': '<=50K' } })).toEqual({ value: '<=50K' })
    expect(value('many', 'integer', { replace: { many: '99' } })).toEqual({ value: 99 })
    expect(value('constructor', 'text', { replace: {} })).toEqual({ value: 'constructor' })
  })
})
