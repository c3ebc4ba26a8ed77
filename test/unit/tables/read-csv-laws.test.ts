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
