import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { encodeText } from './encode-text.ts'
import { readText } from './file-reading.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

const csv = (content: string | Uint8Array, options = {}) =>
  readText(context, { name: 'table.csv', content }, options)
const types = (reading: { startColumns: readonly { type: string }[] }) =>
  reading.startColumns.map(({ type }) => type)

describe('delimited text', () => {
  test('has its rejects told by line, column and reason', async () => {
    const reading = await csv(
      'a,b,c\n1,2,3\n4,5\n6,7,8,9\n"x"y,1,2\n"multi\nline",2,3\n1,two,3\n7,8,9,\n1,2,"open\n',
      {
        columns: { a: { type: 'text' }, b: { type: 'integer' } },
      },
    )
    expect(reading.rejected).toEqual([
      [3, 'c', 'too-few-fields', 'There are 2 fields where 3 are wanted; column “c” has none.', '4,5'],
      [4, null, 'too-many-fields', 'There are 4 fields where 3 are wanted.', '6,7,8,9'],
      [5, null, 'bad-quotes', expect.any(String), '"x"y,1,2'],
      [8, 'b', 'wrong-type', '“two” in column “b” is no whole number.', '1,two,3'],
      [10, null, 'bad-quotes', expect.any(String), '1,2,"open'],
    ])
    expect(reading.values).toEqual([
      ['1', 2, 3],
      ['multi\nline', 2, 3],
      ['7', 8, 9],
    ])
    expect(reading.counts).toEqual({ read: 8, kept: 3, rejected: 5 })
    expect(reading.reasons).toEqual({
      'too-few-fields': 1,
      'too-many-fields': 1,
      'bad-quotes': 2,
      'wrong-type': 1,
    })
  })

  test('whose later rows break the type of the first rows is rejected row by row', async () => {
    const rows = Array.from({ length: 30 }, (_, row) => (row % 10 === 9 ? `x${row}` : String(row)))
    const reading = await csv(`n\n${rows.join('\n')}\n`, { sampleRows: 5, delimiter: ',' })
    expect(types(reading)).toEqual(['integer'])
    expect(reading.counts).toEqual({ read: 30, kept: 27, rejected: 3 })
    expect(reading.rejected.map(([line, column, reason]) => [line, column, reason])).toEqual([
      [11, 'n', 'wrong-type'],
      [21, 'n', 'wrong-type'],
      [31, 'n', 'wrong-type'],
    ])
  })

  test('rejects rows with broken characters, NUL and half surrogates', async () => {
    const broken = Buffer.concat([
      Buffer.from(`a,b\n${'é,1\n'.repeat(40)}x`),
      Buffer.of(0xff),
      Buffer.from(',2\ny\0,3\nz,4\n'),
    ])
    const reading = await csv(broken)
    expect(reading.rejected.map(([line, , reason, , raw]) => [line, reason, raw])).toEqual([
      [42, 'bad-encoding', 'x\ufffd,2'],
      [43, 'nul-character', 'y\u2400,3'],
    ])
    expect(reading.counts.kept).toBe(41)
    const utf16 = await csv(
      Buffer.concat([
        encodeText('a,b\nxxxx,1\n', 'utf-16le'),
        Buffer.of(0, 0xd8),
        encodeText('y,2\nzz,3\n', 'utf-16le').subarray(2),
      ]),
    )
    expect(utf16.rejected.map(([line, , reason]) => [line, reason])).toEqual([[3, 'bad-encoding']])
    expect(utf16.values).toEqual([
      ['xxxx', 1],
      ['zz', 3],
    ])
  })

  test('rejects a row of more than 2 MB and goes on', async () => {
    const reading = await csv(`a,b\n1,x\n2,${'y'.repeat(2_100_000)}\n3,z\n4,${'w'.repeat(20_000_000)}\n5,v\n`)
    expect(reading.values).toEqual([
      [1, 'x'],
      [3, 'z'],
      [5, 'v'],
    ])
    expect(reading.rejected.map(([line, , reason]) => [line, reason])).toEqual([
      [3, 'too-long'],
      [5, 'too-long'],
    ])
  })
})

describe('a file that cannot be read', () => {
  test.each([
    ['an empty one', '', {}, 'read.empty'],
    ['blank lines alone', '\n\n  \n', {}, 'read.empty'],
    ['a workbook', 'PK\x03\x04rest of it', {}, 'read.not-a-table'],
    [
      'a binary one',
      Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7) % 256)),
      {},
      'read.not-a-table',
    ],
    ['one without a readable row', 'a,b\n1\n2\n', { header: true }, 'read.nothing-readable'],
    ['one that is said to be Parquet', 'a,b\n1,2\n', { format: 'parquet' }, 'read.not-parquet'],
    [
      'one with settings for another',
      'a,b\n1,2\n',
      { columns: { c: { type: 'text' } } },
      'read.unknown-columns',
    ],
    ['a delimiter of two characters', 'a,b\n1,2\n', { delimiter: '||' }, 'read.bad-dialect'],
    ['equal marks', 'a,b\n1,2\n', { decimalMark: ',', thousandsMark: ',' }, 'read.same-marks'],
    [
      'a format without a year',
      'a,b\n1,2\n',
      { columns: { a: { type: 'date', format: 'DD.MM.' } } },
      'read.bad-format',
    ],
  ] as const)('%s is refused in one clear sentence', async (_, content, options, code) => {
    await expect(csv(content, options)).rejects.toMatchObject({ code, remedy: expect.stringMatching(/\.$/) })
  })

  test('is refused where there is none, or a folder', async () => {
    await expect(readFile(context, { path: `${context.folder}/none.csv` })).rejects.toMatchObject({
      code: 'read.not-found',
    })
    await expect(readFile(context, { path: context.folder })).rejects.toMatchObject({
      code: 'read.is-folder',
    })
  })
})
