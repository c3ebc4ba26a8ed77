import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PipewrightError } from '../../../src/core/errors.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import { sniffFile } from '../../../src/tables/read-file/sniff-file.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
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
const names = (reading: { startColumns: readonly { name: string }[] }) =>
  reading.startColumns.map(({ name }) => name)
const types = (reading: { startColumns: readonly { type: string }[] }) =>
  reading.startColumns.map(({ type }) => type)

describe('delimited text', () => {
  test('becomes typed columns, blanks and null texts nulls', async () => {
    const reading = await csv(
      'id,charge,start,paid,city\n1, 29.85 ,2024-02-29,true,Rome\n2, ,2024-03-01,false,NA\n3,?,,TRUE,"a, b"\n',
    )
    expect(types(reading)).toEqual(['integer', 'number', 'date', 'boolean', 'text'])
    expect(reading.values).toEqual([
      [1, 29.85, '2024-02-29', true, 'Rome'],
      [2, null, '2024-03-01', false, null],
      [3, null, null, true, 'a, b'],
    ])
    expect(reading.counts).toEqual({ read: 3, kept: 3, rejected: 0 })
  })

  test.each([
    ['tabs', 'a\tb\n1\tx\n2\ty\n', '\t'],
    ['semicolons with decimal commas', 'a;b\n1,5;x\n2,25;y\n', ';'],
    ['bars', 'a|b\n1|x, y\n2|y\n', '|'],
    ['commas in quotes beside semicolons', 'a,b\n"1;2;3",x\n"2;3;4",y\n', ','],
  ])('is cut at %s', async (_, content, delimiter) => {
    const reading = await csv(content)
    expect(reading.sniff.dialect?.delimiter).toBe(delimiter)
    expect(names(reading)).toEqual(['a', 'b'])
    expect(reading.values).toHaveLength(2)
  })

  test('of one column keeps its commas', async () => {
    const reading = await csv('text\nHello, you\nNo\nYes, no, maybe\n')
    expect(reading.counts).toEqual({ read: 3, kept: 1, rejected: 2 })
    const single = await csv('text\nHello, you\nNo\nYes, no, maybe\n', { delimiter: '\t' })
    expect(single.values).toEqual([['Hello, you'], ['No'], ['Yes, no, maybe']])
  })

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

  test.each([
    ['a byte order mark', '\ufeffa,b\n1,2\n'],
    ['CRLF', 'a,b\r\n1,2\r\n'],
    ['CR', 'a,b\r1,2\r'],
    ['mixed line ends and blank lines', '\n\r\na,b\n\n1,2\r\n   \n\r'],
    ['no line end at the end', 'a,b\n1,2'],
    ['spaces around quotes', 'a, "b" \n "1" ,2\n'],
    ['a delimiter at the end of the line', 'a,b\n1,2,\n'],
  ])('with %s is the same table', async (_, content) => {
    const reading = await csv(content)
    expect(names(reading)).toEqual(['a', 'b'])
    expect(reading.values).toEqual([[1, 2]])
  })

  test('in one column keeps blank lines in between as nulls, and none at the end', async () => {
    const reading = await csv('a\n1\n\n3\n\n\n', { delimiter: ',' })
    expect(reading.values).toEqual([[1], [null], [3]])
  })

  test('with a header alone has no rows', async () => {
    const reading = await csv('name,city\n')
    expect(names(reading)).toEqual(['name', 'city'])
    expect(reading.counts).toEqual({ read: 0, kept: 0, rejected: 0 })
  })

  test('gets its header guessed, or told', async () => {
    expect(names(await csv('1,x\n2,y\n'))).toEqual(['column_1', 'column_2'])
    expect(names(await csv('ham,Hello\nspam,Win\nham,Ok\n'))).toEqual(['column_1', 'column_2'])
    expect(names(await csv('name,city\nAnn,Rome\nBo,Oslo\n'))).toEqual(['name', 'city'])
    expect(names(await csv('1,x\n2,y\n', { header: true }))).toEqual(['1', 'x'])
    expect(names(await csv('name,city\nAnn,Rome\n', { header: false }))).toEqual(['column_1', 'column_2'])
  })

  test('gets names that differ, whatever the header says', async () => {
    const long = `${'x'.repeat(180)}"quoted" 😀`
    const header = `id,ID,,id, spaced  out ,"two\nlines","${long.replaceAll('"', '""')}"`
    const reading = await csv(`${header}\n1,2,3,4,5,6,7\n`)
    expect(names(reading)).toEqual(['id', 'ID_2', 'column_3', 'id_3', 'spaced out', 'two lines', long])
    expect(reading.values).toEqual([[1, 2, 3, 4, 5, 6, 7]])
  })

  test('with codes, big numbers and ambiguous marks stays text', async () => {
    const reading = await csv(
      'zip;id;amount;day\n01234;12345678901234567890;1,234;01/02/2024\n98765;1;5,678;03/04/2024\n',
    )
    expect(types(reading)).toEqual(['text', 'text', 'text', 'text'])
  })

  test('with clear marks and formats is typed, and the rule says how', async () => {
    const reading = await csv(
      'german;english;day;stamp\n1.234,5;1,234.5;31.12.2023;13/01/2024 10:05\n0,5;1,000,000.25;1.1.2024;02/01/2024 9:00\n',
    )
    expect(
      reading.startColumns.map(({ type, rule }) => [
        type,
        rule?.decimalMark,
        rule?.thousandsMark,
        rule?.format,
      ]),
    ).toEqual([
      ['number', ',', '.', undefined],
      ['number', undefined, ',', undefined],
      ['date', undefined, undefined, 'DD.MM.YYYY'],
      ['datetime', undefined, undefined, 'DD/MM/YYYY hh:mm'],
    ])
    expect(reading.values).toEqual([
      [1234.5, 1234.5, '2023-12-31', '2024-01-13 10:05:00'],
      [0.5, 1000000.25, '2024-01-01', '2024-01-02 09:00:00'],
    ])
  })

  test('obeys what is said of all columns and of one', async () => {
    const reading = await csv('a,b,label\n-999,ja,<=50K.\n5,nein,>50K\n', {
      nullValues: ['-999'],
      columns: {
        b: { type: 'boolean', trueValues: ['ja'], falseValues: ['nein'] },
        label: { replace: { '<=50K.': '<=50K' } },
      },
    })
    expect(reading.values).toEqual([
      [null, true, '<=50K'],
      [5, false, '>50K'],
    ])
  })

  test('with other quotes and escapes is read', async () => {
    const single = await csv(`a,b\n'it''s, so',"\n'x',2\n`, { quote: "'" })
    expect(single.values).toEqual([
      ["it's, so", '"'],
      ['x', '2'],
    ])
    const backslash = await csv('a,b\n"say \\"hi\\", you","c:\\\\x"\n"x\\y",2\n')
    expect(backslash.sniff.dialect?.escape).toBe('\\')
    expect(backslash.values).toEqual([
      ['say "hi", you', 'c:\\x'],
      ['x\\y', '2'],
    ])
    const literal = await csv('a\tb\nham\t"Hi" he said\nspam\t"so\n', { delimiter: '\t' })
    expect(literal.values).toEqual([
      ['ham', '"Hi" he said'],
      ['spam', '"so'],
    ])
  })

  test('keeps a quote inside an unquoted field', async () => {
    const reading = await csv('size,n\n5" pipe,1\n7,2\n')
    expect(reading.values).toEqual([
      ['5" pipe', 1],
      ['7', 2],
    ])
  })

  test.each(['utf-16le', 'utf-16be', 'latin-1', 'windows-1252', 'utf-8'] as const)(
    'is decoded from %s',
    async (encoding) => {
      const text =
        encoding === 'latin-1'
          ? 'stadt,n\nKöln,1\nÅrhus,2\n'
          : encoding === 'windows-1252'
            ? 'stadt,n\nKöln €5,1\n“Århus”,2\n'
            : 'stadt,n\n東京 😀,1\nÅrhus,2\n'
      const reading = await csv(encode(text, encoding), encoding === 'latin-1' ? { encoding } : {})
      expect(reading.sniff.encoding).toBe(encoding)
      expect(reading.values).toEqual(
        text
          .split('\n')
          .slice(1, 3)
          .map((line) => [line.split(',')[0], Number(line.split(',')[1])]),
      )
    },
  )

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
        encode('a,b\nxxxx,1\n', 'utf-16le'),
        Buffer.of(0, 0xd8),
        encode('y,2\nzz,3\n', 'utf-16le').subarray(2),
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

  test('reads one file whose name is a pattern', async () => {
    await readText(context, { name: 'part1.csv', content: 'a,b\n9,9\n' })
    const reading = await readText(context, { name: 'part[1]*.csv', content: 'a,b\n1,2\n' })
    expect(reading.values).toEqual([[1, 2]])
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

describe('reading by law', () => {
  const cell = fc.oneof(
    fc.string({
      unit: fc.constantFrom(',', ';', '"', "'", '\n', '\r', '\r\n', ' ', 'a', '1', '\t', 'é', '😀', '\\'),
      maxLength: 6,
    }),
    fc.integer().map(String),
    fc.constant('plain'),
  )
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r')
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
    )

  test('what was written by the rules of RFC 4180 comes back, in whatever way it was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        lineEnd,
        fc.constantFrom(',', ';', '\t'),
        fc.boolean(),
        fc.infiniteStream(fc.boolean()),
        async (rows, end, delimiter, lastEnd, quoting) => {
          const quoted = (text: string): string => {
            const mustQuote =
              text === '' || text.trim() !== text || /["\r\n]/.test(text) || text.includes(delimiter)
            return mustQuote || quoting.next().value ? `"${text.replaceAll('"', '""')}"` : text
          }
          const header = rows[0]!.map((_, index) => `h${index}`)
          const lines = [header, ...rows].map((row) => row.map(quoted).join(delimiter))
          const columns = Object.fromEntries(header.map((name) => [name, { type: 'text' as const }]))
          const reading = await csv(lines.join(end) + (lastEnd ? end : ''), {
            delimiter,
            quote: '"',
            escape: '"',
            header: true,
            trim: false,
            nullValues: [],
            columns,
          })
          expect(reading.rejected).toEqual([])
          expect(reading.values).toEqual(rows)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('every row of any text is kept or rejected, and probing agrees with reading', async () => {
    const anything = fc.string({
      unit: fc.constantFrom(',', '"', '\n', '\r', ' ', 'a', '1', '\0', 'é', '-'),
      minLength: 1,
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(anything, async (content) => {
        const path = join(context.folder, 'table.csv')
        await writeFile(path, `x,y\n${content}`)
        const options = { path, header: true, delimiter: ',' }
        const reading = await readFile(context, options).catch((error: unknown) => {
          if (error instanceof PipewrightError && error.code.startsWith('read.')) return null
          throw error
        })
        if (!reading) return
        const { read, kept, rejected } = reading.counts
        const stored = [reading.rows, reading.rejects.rows].map(({ data }) => data.count)
        expect([kept, rejected, kept + rejected]).toEqual([...stored, read])
        const probed = await sniffFile(context, options)
        expect(probed).toEqual(reading.sniff)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a large file', () => {
  const lines = Array.from(
    { length: 150_000 },
    (_, row) =>
      `${row},"text, with ""quotes""\nand lines ${row}",${row / 7},${row % 3 ? 'NA' : 'x'}, ${'filling '.repeat(8)}`,
  )

  test('keeps its order and its hash with any number of threads, as it is or rewritten', async () => {
    const hashes: string[] = []
    for (const [threads, start] of [
      [1, ''],
      [2, ''],
      [2, '\n'],
    ] as const) {
      const other = await createTestContext({ threads, memoryMb: 512 })
      const reading = await readText(other, {
        name: 'large.csv',
        content: `${start}i,t,n,c,f\n${lines.join('\n')}\n`,
      })
      expect(reading.counts).toEqual({ read: 150_000, kept: 150_000, rejected: 0 })
      expect(reading.values.every(([row], index) => row === index)).toBe(true)
      hashes.push(reading.rows.hash)
      await other.dispose()
    }
    expect(new Set(hashes).size).toBe(1)
  })

  test('has its rejects found in their lines', async () => {
    const broken = lines.map((line, row) => (row % 50_000 === 7 ? line.replace(/^\d+/, 'oops') : line))
    const reading = await readText(
      context,
      { name: 'large.csv', content: `i,t,n,c,f\n${broken.join('\n')}\n` },
      { columns: { i: { type: 'integer' } } },
    )
    expect(reading.counts).toEqual({ read: 150_000, kept: 149_997, rejected: 3 })
    // Every row takes two lines, after the header.
    expect(reading.rejected.map(([line]) => line)).toEqual([7, 50_007, 100_007].map((row) => 2 + row * 2))
    expect(reading.values.map(([row]) => row)).toEqual(
      Array.from({ length: 150_000 }, (_, row) => row).filter((row) => row % 50_000 !== 7),
    )
  })
})

function encode(
  text: string,
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1' | 'windows-1252',
): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text)
    case 'utf-16le':
      return Buffer.from(`\ufeff${text}`, 'utf16le')
    case 'utf-16be':
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
    case 'latin-1':
      return Buffer.from(text, 'latin1')
    case 'windows-1252':
      return Buffer.from(
        text.replaceAll('€', '\x80').replaceAll('“', '\x93').replaceAll('”', '\x94'),
        'latin1',
      )
  }
}
