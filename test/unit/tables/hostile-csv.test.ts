import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PipewrightError } from '../../../src/core/errors.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import { rejectReasons, type FileReading } from '../../../src/tables/read-file/read-options.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { encodeText } from './encode-text.ts'
import { readText, valuesOf } from './file-reading.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

const csv = (content: string | Uint8Array, options = {}) =>
  readText(context, { name: 'table.csv', content }, options)
const told = (reading: { rejected: unknown[][] }) =>
  reading.rejected.map(([line, , reason]) => `${String(line)} ${String(reason)}`)

describe('a hostile file', () => {
  test('of ragged rows has each of them told', async () => {
    const reading = await csv('a,b,c\n1,2,3\n1\n1,2\n1,2,3,4\n,,,,,\n4,5,6\n')
    expect(reading.counts).toEqual({ read: 6, kept: 2, rejected: 4 })
    expect(told(reading)).toEqual([
      '3 too-few-fields',
      '4 too-few-fields',
      '5 too-many-fields',
      '6 too-many-fields',
    ])
  })

  test('with quotes that make no sense loses only their rows', async () => {
    const reading = await csv('a,b\n1,"x"\n2,"y"z\n3,"say "hi""\n4,w"v\n5,"u"\n6,"never closed\n7,t\n', {
      quote: '"',
    })
    expect(reading.values).toEqual([
      [1, 'x'],
      [4, 'w"v'],
      [5, 'u'],
      [7, 't'],
    ])
    expect(told(reading)).toEqual(['3 bad-quotes', '4 bad-quotes', '7 bad-quotes'])
  })

  test.each(['utf-16le', 'utf-16be'] as const)(
    'in %s is decoded with or without a byte order mark',
    async (encoding) => {
      const text = 'name,size\nZoë,1\n"a, b",2\n'
      const marked = encodeText(text, encoding)
      for (const bytes of [marked, marked.subarray(2)]) {
        const reading = await csv(bytes)
        expect(reading.values).toEqual([
          ['Zoë', 1],
          ['a, b', 2],
        ])
      }
      // Cut in the middle of a character.
      const cut = await csv(marked.subarray(0, -1))
      expect(cut.counts.read).toBe(cut.counts.kept + cut.counts.rejected)
      expect(cut.values[0]).toEqual(['Zoë', 1])
    },
  )

  test('with a few bytes of Latin-1 in UTF-8 rejects their rows, and more of them are Latin-1', async () => {
    const good = Array.from({ length: 30 }, (_, row) => `Zoë,${row}\n`).join('')
    const mixed = await csv(
      Buffer.concat([Buffer.from(`a,b\n${good}`), Buffer.from('Zo\xeb,30\n', 'latin1')]),
    )
    expect(mixed.counts).toEqual({ read: 31, kept: 30, rejected: 1 })
    expect(told(mixed)).toEqual(['32 bad-encoding'])
    const latin = await csv(Buffer.from('a,b\nZo\xeb,1\nB\xf6,2\n', 'latin1'))
    expect(latin.values).toEqual([
      ['Zoë', 1],
      ['Bö', 2],
    ])
  })

  test('with NUL bytes has their rows rejected, and names with them refused', async () => {
    const good = Array.from({ length: 40 }, (_, row) => `good,${row}\n`).join('')
    const reading = await csv(`a,c\nx,1\ny\0,2\nz,3\n\0\0\0,4\n${good}`)
    expect(reading.counts).toEqual({ read: 44, kept: 42, rejected: 2 })
    expect(told(reading)).toEqual(['3 nul-character', '5 nul-character'])
    await expect(csv(`a\0b,c\n${good}`, { header: true })).rejects.toThrow(
      /^The names of the columns of “.*”, on line 1, cannot be read: There is a NUL character in the row\.$/,
    )
    expect((await csv(`a\0b,c\n${good}`, { header: false })).counts).toEqual({
      read: 41,
      kept: 40,
      rejected: 1,
    })
  })

  test.each([
    ['of a plain field', '', ''],
    ['of a quoted field', '"', '"'],
    ['of a quote that is never closed', '"', ''],
  ])('with 100 MB %s has one reject for it, in little memory', async (_, open, close) => {
    const path = join(context.folder, 'huge.csv')
    const filling = 'z'.repeat(1 << 20)
    async function* content() {
      yield `a,b\n1,x\n2,${open}`
      for (let megabytes = 0; megabytes < 100; megabytes++) yield filling
      yield `${close}\n3,y\n`
    }
    await pipeline(Readable.from(content()), createWriteStream(path))
    const before = process.memoryUsage().rss
    const reading = await readFile(context, { path })
    expect(await valuesOf(context, reading)).toEqual([
      [1, 'x'],
      [3, 'y'],
    ])
    expect(reading.reasons).toEqual({ 'too-long': 1 })
    expect(process.memoryUsage().rss - before).toBeLessThan(90e6)
  })

  test('of 10,000 columns is a table of them', async () => {
    const wide = await createTestContext({ memoryMb: 4096 })
    const line = (text: string) => Array.from({ length: 10_000 }, (_, column) => `${text}${column}`).join(',')
    const content = `${line('n')}\n${line('x')}\n1,2\n${line('y')}\n`
    const path = join(wide.folder, 'wide.csv')
    await writeFile(path, content)
    const reading = await readFile(wide, { path })
    expect(reading.counts).toEqual({ read: 3, kept: 2, rejected: 1 })
    expect(reading.startColumns.at(-1)).toMatchObject({ name: 'n9999', type: 'text' })
    await wide.dispose()
  }, 60_000)

  test('of carriage returns alone, with names that are empty or twice, is a table', async () => {
    const reading = await csv('a,,A,a,\r1,2,3,4,5\r6,7,8,9,10\r', { header: true })
    expect(reading.startColumns.map(({ name }) => name)).toEqual(['a', 'column_2', 'A_2', 'a_3', 'column_5'])
    expect(reading.values).toEqual([
      [1, 2, 3, 4, 5],
      [6, 7, 8, 9, 10],
    ])
  })

  test.each([
    ['nothing', ''],
    ['a byte order mark alone', '\ufeff'],
    ['two byte order marks', Buffer.of(0xff, 0xfe)],
    ['blank lines', '\r\n\r\n'],
    ['a picture', Buffer.concat([Buffer.of(0x89, 0x50, 0x4e, 0x47), Buffer.alloc(2000)])],
    ['zeros', Buffer.alloc(5000)],
    ['noise', Buffer.from(Array.from({ length: 9000 }, (_, at) => (at * at * 31 + 7 * at) % 251))],
  ])('of %s is refused in one sentence', async (_, content) => {
    const refusal: unknown = await csv(content).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(PipewrightError)
    expect((refusal as PipewrightError).code).toMatch(/^read\.(empty|not-a-table|nothing-readable)$/)
  })
})

describe('random damage', () => {
  const clean = Array.from(
    { length: 40 },
    (_, row) => `${row},"text ${row}, é\n",${row / 4},2024-01-${String((row % 28) + 1).padStart(2, '0')}`,
  )
  const bytes = Buffer.from(`id,text,share,day\n${clean.join('\n')}\n`)
  const damage = fc.record({
    at: fc.nat({ max: bytes.length - 1 }),
    remove: fc.nat({ max: 30 }),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc
        .constantFrom('"', ',', '\n', '\r', '\0', '""', '\ufeff', '\\', '1e999', ';;;')
        .map((text) => Buffer.from(text)),
    ),
  })

  test('never loses a row, and says why each that is rejected is', async () => {
    let readable = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(damage, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (damages, isGuessed) => {
          let damaged = bytes
          for (const { at, remove, insert } of damages) {
            damaged = Buffer.concat([damaged.subarray(0, at), insert, damaged.subarray(at + remove)])
          }
          const path = join(context.folder, 'table.csv')
          await writeFile(path, damaged)
          const given = {
            format: 'csv',
            encoding: 'utf-8',
            delimiter: ',',
            quote: '"',
            header: true,
          } as const
          const outcome = await readFile(context, { path, ...(isGuessed ? {} : given) }).catch(
            (error: unknown) => error,
          )
          if (outcome instanceof PipewrightError && outcome.kind === 'user') return
          readable++
          expect(outcome).toHaveProperty('counts')
          const reading = outcome as FileReading
          const { read, kept, rejected } = reading.counts
          const rejects = await valuesOf(context, reading.rejects)
          expect([kept, rejected]).toEqual([reading.rows.data.count, rejects.length])
          expect(read).toBe(kept + rejected)
          for (const [line, , reason, message] of rejects) {
            expect(line).toBeGreaterThan(0)
            expect(rejectReasons).toContain(reason)
            expect(message).toMatch(/\.$/)
          }
        },
      ),
      { numRuns: 60 },
    )
    expect(readable).toBeGreaterThan(30)
  }, 60_000)
})
