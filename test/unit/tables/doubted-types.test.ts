import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { readText } from './file-reading.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

const csv = (content: string, options = {}) => readText(context, { name: 'table.csv', content }, options)
const column = (name: string, values: readonly (string | number)[]) =>
  `${name},other\n${values.map((value) => `${value},x`).join('\n')}\n`
const typeOf = (reading: { startColumns: readonly { type: string }[] }) => reading.startColumns[0]!.type
const warnings = () =>
  context.logs.map(({ message, values = {} }) =>
    message.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
  )
const integers = Array.from({ length: 1000 }, (_, index) => index + 1)
const dayFirst = column('day', ['03-04-2011', '13-04-2011', '04-05-2011'])

describe('a given date format', () => {
  test('counts where it does not fit, and what does not fit is rejected', async () => {
    const reading = await csv(dayFirst, { columns: { day: { type: 'date', format: 'MM-DD-YYYY' } } })
    expect(reading.values).toEqual([
      ['2011-03-04', 'x'],
      ['2011-04-05', 'x'],
    ])
    expect(reading.rejected.map(([line, name, reason]) => [line, name, reason])).toEqual([
      [3, 'day', 'out-of-range'],
    ])
  })

  test.each([
    ['of a column of dates', { columns: { day: { type: 'date', format: 'YYYY-MM-DD' } } }],
    ['of a column without a type', { columns: { day: { format: 'YYYY-MM-DD' } } }],
    [
      'of all columns, for a column of dates',
      { dateFormat: 'YYYY-MM-DD', columns: { day: { type: 'date' } } },
    ],
  ])('%s is never replaced by another', async (_, options) => {
    await expect(csv(dayFirst, options)).rejects.toThrow('None of the 3 rows')
  })

  test('of all columns leaves a column of other dates as text, and says so', async () => {
    const reading = await csv(dayFirst, { dateFormat: 'MM-DD-YYYY' })
    expect(typeOf(reading)).toBe('text')
    expect(warnings()).toEqual([
      expect.stringMatching(/“day” is read as text: .*format DD-MM-YYYY, not of the given MM-DD-YYYY/),
    ])
  })

  test('of all columns leaves ISO dates as they are', async () => {
    const reading = await csv(column('day', ['2011-04-03', '2011-04-13']), { dateFormat: 'DD.MM.YYYY' })
    expect(typeOf(reading)).toBe('date')
    expect(warnings()).toEqual([])
  })
})

describe('a column of nearly all', () => {
  test('whole numbers is text, with a warning that names the first misfit and the remedy', async () => {
    const reading = await csv(column('n', integers.with(499, 'oops' as never)))
    expect(typeOf(reading)).toBe('text')
    expect(reading.counts).toEqual({ read: 1000, kept: 1000, rejected: 0 })
    expect(warnings()).toEqual([
      'Column “n” is read as text: 99.9 % of its values have the type integer, but “oops” on line 501 does not. ' +
        'Set its type to integer and such rows are rejected, or add the text to the null values.',
    ])
  })

  test('whole numbers is one of whole numbers, once the remedy is taken', async () => {
    const content = column('n', integers.with(499, 'oops' as never))
    const typed = await csv(content, { columns: { n: { type: 'integer' } } })
    expect(typed.counts).toEqual({ read: 1000, kept: 999, rejected: 1 })
    const replaced = await csv(content, { nullValues: ['oops'] })
    expect(typeOf(replaced)).toBe('integer')
    expect(warnings()).toEqual([])
  })

  test.each([
    ['number', integers.map((value) => `${value}.5`), 'number'],
    ['boolean', integers.map((value) => String(value % 2 === 0)), 'boolean'],
    ['date', integers.map((value) => `${(value % 28) + 1}.3.2011`), 'date'],
    ['datetime', integers.map((value) => `2011-03-0${(value % 9) + 1} 10:15`), 'datetime'],
  ])(
    'values of the type %s is doubted, and read by its format once the type is given',
    async (type, values) => {
      const content = column('n', [...values, 'oops'])
      expect(typeOf(await csv(content))).toBe('text')
      expect(warnings()).toEqual([expect.stringContaining(`99.9 % of its values have the type ${type}`)])
      const typed = await csv(content, { columns: { n: { type } } })
      expect(typed.counts).toEqual({ read: 1001, kept: 1000, rejected: 1 })
    },
  )

  test.each([
    ['a tenth are texts', integers.map((value) => (value % 10 === 0 ? `x${value}` : value))],
    ['there are few values', [1, 2, 3, 'oops', 5]],
    [
      'the numbers are codes',
      integers.map((value) => (value === 9 ? 'oops' : String(value).padStart(5, '0'))),
    ],
  ])('numbers is not doubted where %s', async (_, values) => {
    expect(typeOf(await csv(column('n', values)))).toBe('text')
    expect(warnings()).toEqual([])
  })

  test('numbers in JSON is doubted too, with the line', async () => {
    const lines = integers.map((value) => JSON.stringify({ n: value === 7 ? 'oops' : value })).join('\n')
    const reading = await readText(context, { name: 'table.jsonl', content: lines })
    expect(typeOf(reading)).toBe('text')
    expect(warnings()).toEqual([expect.stringContaining('“oops” on line 7')])
  })
})

test('dates whose day and month could be swapped are text, with a warning', async () => {
  const content = column('day', ['03/04/2011', '05/06/2011', '', '12/12/2012'])
  expect(typeOf(await csv(content))).toBe('text')
  expect(warnings()).toEqual([
    expect.stringMatching(/“day” .*“03\/04\/2011” on line 2.* such as DD\/MM\/YYYY or MM\/DD\/YYYY\.$/),
  ])
})
