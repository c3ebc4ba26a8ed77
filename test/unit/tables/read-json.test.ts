import * as fc from 'fast-check'
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

const lines = (content: string | Uint8Array, options = {}) =>
  readText(context, { name: 'rows.jsonl', content }, options)
const array = (content: string, options = {}) => readText(context, { name: 'rows.json', content }, options)
const shape = (reading: { startColumns: readonly { name: string; type: string }[] }) =>
  reading.startColumns.map(({ name, type }) => `${name} ${type}`)

const rows = [
  { id: 1, name: 'Ann, "A"', paid: true, day: '2024-02-29', code: '007', more: { a: [1, 2] } },
  { id: 2, name: null, paid: false, day: '2024-03-01', code: '12', more: [] },
  { name: 'Bo\nLine', id: 3, score: 0.5 },
]
const expected = {
  shape: ['id integer', 'name text', 'paid boolean', 'day date', 'code text', 'more text', 'score number'],
  values: [
    [1, 'Ann, "A"', true, '2024-02-29', '007', '{"a":[1,2]}', null],
    [2, null, false, '2024-03-01', '12', '[]', null],
    [3, 'Bo\nLine', null, null, null, null, 0.5],
  ],
}

describe('JSON', () => {
  test.each([
    ['lines', 'rows.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')],
    ['lines in a .json file', 'rows.json', `${rows.map((row) => JSON.stringify(row)).join('\r\n')}\r\n`],
    ['an array', 'rows.json', JSON.stringify(rows)],
    ['an array over many lines', 'rows.json', `\n${JSON.stringify(rows, null, 2)}\n`],
    ['an array without an extension', 'rows', `\ufeff${JSON.stringify(rows)}`],
    ['lines without an extension', 'rows', rows.map((row) => JSON.stringify(row)).join('\n\n')],
  ])('as %s becomes one table', async (_, name, content) => {
    const reading = await readText(context, { name, content })
    expect(shape(reading)).toEqual(expected.shape)
    expect(reading.values).toEqual(expected.values)
  })

  test('tells a null from an empty text where empty texts are values', async () => {
    const reading = await lines('{"t":"","u":"x"}\n{"t":null,"u":"y"}\n{"u":"z"}\n', { nullValues: [] })
    expect(reading.values).toEqual([
      ['', 'x'],
      [null, 'y'],
      [null, 'z'],
    ])
  })

  test('keeps every digit of large whole numbers', async () => {
    const reading = await lines('{"id":12345678901234567890}\n{"id":9007199254740993}\n')
    expect(reading.values).toEqual([['12345678901234567890'], ['9007199254740993']])
  })

  test('has its rejects told by line', async () => {
    const reading = await lines(
      '{"a":1}\n{"a":\n[1]\n\n{"a":2,"b":3}\n{"a":"x"}\n{"a":"\\u0000"}\n{"a":"\\ud800"}\n7\n{"a":4}\n',
      { sampleRows: 1 },
    )
    expect(reading.rejected.map(([line, column, reason]) => [line, column, reason])).toEqual([
      [2, null, 'bad-json'],
      [3, null, 'not-an-object'],
      [5, 'b', 'unknown-field'],
      [6, 'a', 'wrong-type'],
      [7, 'a', 'nul-character'],
      [8, 'a', 'bad-encoding'],
      [9, null, 'not-an-object'],
    ])
    expect(reading.values).toEqual([[1], [4]])
  })

  test('takes a later field whose type is given', async () => {
    const reading = await lines('{"a":1}\n{"a":2,"b":"3"}\n', {
      sampleRows: 1,
      columns: { b: { type: 'integer' } },
    })
    expect(reading.values).toEqual([
      [1, null],
      [2, 3],
    ])
  })

  test('in an array has broken elements rejected in their lines', async () => {
    const reading = await array('[{"a":1},\n {"a":}\n, {"a":\n3}, 4]')
    expect(reading.rejected.map(([line, , reason, , raw]) => [line, reason, raw])).toEqual([
      [2, 'bad-json', '{"a":}'],
      [4, 'not-an-object', '4'],
    ])
    expect(reading.values).toEqual([[1], [3]])
  })

  test.each([
    ['an array that is not closed', '[{"a":1},\n{"a":2}', 2],
    ['something after the array', '[{"a":1}]\n\n{"a":2}', 3],
    ['a missing element', '[{"a":1},\n,{"a":2}]', 2],
    ['no array', '{"a":1}', 1],
  ])('is refused with its line for %s', async (_, content, line) => {
    await expect(array(content, { format: 'json' })).rejects.toMatchObject({
      code: 'read.bad-json',
      values: { line },
    })
  })

  test('without a field is refused', async () => {
    await expect(array('[]')).rejects.toMatchObject({ code: 'read.no-columns' })
    await expect(lines('{}\n{}\n')).rejects.toMatchObject({ code: 'read.no-columns' })
  })

  test('comes back as it was written, as lines and as an array', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', '[', ']', '{', '}', '\\', 'é', '😀', '\t'),
      maxLength: 8,
    })
    const row = fc.record({
      t: fc.option(text),
      n: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      b: fc.option(fc.boolean()),
    })
    const options = {
      trim: false,
      nullValues: [],
      columns: { t: { type: 'text' }, n: { type: 'number' }, b: { type: 'boolean' } },
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(0, 1, 2),
        async (list, indent) => {
          const wanted = list.map(({ t, n, b }) => [t, n === null ? null : n + 0, b])
          expect((await array(JSON.stringify(list, null, indent), options)).values).toEqual(wanted)
          expect((await lines(list.map((item) => JSON.stringify(item)).join('\n'), options)).values).toEqual(
            wanted,
          )
        },
      ),
      { numRuns: 20 },
    )
  })
})
