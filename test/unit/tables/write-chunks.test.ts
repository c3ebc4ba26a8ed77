import { readdir } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StartColumn } from '../../../src/core/artifacts.ts'
import type { ChunkToStore } from '../../../src/tables/append-chunk.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteText } from '../../../src/tables/quote.ts'
import { readStartChunks } from '../../../src/tables/start-rows.ts'
import { writeChunks } from '../../../src/tables/write-chunks.ts'
import { writeRows } from '../../../src/tables/write-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { readText, valuesOf } from './file-reading.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

const column = (name: string, type: StartColumn['type']): StartColumn => ({ name, type, source: 'test' })
async function store(columns: StartColumn[], chunks: Iterable<ChunkToStore>) {
  return { rows: await writeChunks(context, { columns, chunks }), startColumns: columns }
}

describe('chunks that a program makes', () => {
  test('keep texts of any length and any characters', async () => {
    const plain = Array.from({ length: 15 }, (_, length) => 'abcdefghijklmno'.slice(0, length))
    const others = ['ä', 'abcdefghijkä', 'é😀', '\u007f', '\t\n"', ' ', 'x'.repeat(300)]
    const texts = [...plain, ...others, ...plain, ...others]
    const { rows } = await store([column('t', 'text')], [{ rows: texts.length, columns: { t: texts } }])
    const database = await openDuckDb(context)
    const values = texts.map((text, row) => `(${row}, ${text === '' ? 'NULL' : quoteText(text)})`).join(', ')
    const from = `SELECT t FROM (VALUES ${values}) AS given(row, t) ORDER BY row`
    const written = await writeRows(context, { database, from, startColumns: [column('t', 'text')] })
    database.close()
    expect(rows.hash).toBe(written.hash)
  })

  test('become rows of the types of their columns', async () => {
    const columns = [
      column('n', 'number'),
      column('i', 'integer'),
      column('b', 'boolean'),
      column('t', 'text'),
      column('d', 'date'),
      column('s', 'datetime'),
    ]
    const day = Date.UTC(2024, 1, 29)
    const stored = await store(columns, [
      {
        rows: 2,
        columns: {
          n: Float64Array.of(1.5, NaN),
          i: Float64Array.of(2 ** 53 - 1, NaN),
          b: Float64Array.of(1, NaN),
          t: ['é😀', ''],
          d: Float64Array.of(day, NaN),
          s: Float64Array.of(day + 1, NaN),
        },
      },
      {
        rows: 1,
        columns: {
          n: Float64Array.of(-0),
          i: Float64Array.of(-7),
          b: Float64Array.of(0),
          t: ['x'.repeat(5000)],
          d: Float64Array.of(-86_400_000),
          s: Float64Array.of(-1),
        },
      },
    ])
    expect(await valuesOf(context, stored)).toEqual([
      [1.5, 9007199254740991, true, 'é😀', '2024-02-29', '2024-02-29 00:00:00.001'],
      [null, null, null, null, null, null],
      [0, -7, false, 'x'.repeat(5000), '1969-12-31', '1969-12-31 23:59:59.999'],
    ])
  })

  test('say with nulls what is null', async () => {
    const columns = [column('n', 'number'), column('t', 'text')]
    const chunk = { rows: 2, columns: { n: Float64Array.of(NaN, 1), t: ['', 'x'] } }
    const plain = await store(columns, [chunk])
    const exact = await store(columns, [
      { ...chunk, nulls: { n: Uint8Array.of(0, 1), t: Uint8Array.of(0, 1) } },
    ])
    expect(await valuesOf(context, plain)).toEqual([
      [null, null],
      [1, 'x'],
    ])
    expect(await valuesOf(context, exact)).toEqual([
      [NaN, ''],
      [null, null],
    ])
    expect(plain.rows.hash).not.toBe(exact.rows.hash)
  })

  test('of any size make the same rows', async () => {
    const columns = [column('n', 'number'), column('t', 'text')]
    const n = 20_000
    const hashes = new Set<string>()
    for (const size of [n, 4096, 2048, 777]) {
      const chunks = Array.from({ length: Math.ceil(n / size) }, (_, index) => {
        const rows = Math.min(size, n - index * size)
        const list = Array.from({ length: rows }, (_, row) => index * size + row)
        return {
          rows,
          columns: {
            n: Float64Array.from(list),
            t: list.map((row) => (row % 3 ? `text number ${row}` : `t${row % 10}`)),
          },
        }
      })
      const stored = await store(columns, chunks)
      hashes.add(stored.rows.hash)
      const table = newTable(stored.rows, columns)
      let row = 0
      for await (const chunk of readStartChunks(context, table, { columns: ['t'], rows: 'all' })) {
        for (const text of chunk.columns['t'] as string[]) {
          expect(text).toBe(row % 3 ? `text number ${row}` : `t${row % 10}`)
          row++
        }
      }
      expect(row).toBe(n)
    }
    expect(hashes.size).toBe(1)
  })

  test('keep their order and types where there are more than are held in memory', async () => {
    const columns = [column('i', 'integer'), column('t', 'text'), column('d', 'date'), column('b', 'boolean')]
    const day = 86_400_000
    const padding = 'x'.repeat(3000)
    const chunks = Array.from({ length: 5 }, (_, chunk) => {
      const rows = Array.from({ length: 4000 }, (_, row) => chunk * 4000 + row)
      return {
        rows: rows.length,
        columns: {
          i: Float64Array.from(rows, (row) => (row % 5 ? row : NaN)),
          t: rows.map((row) => (row % 7 ? `${row}${padding}` : '')),
          d: Float64Array.from(rows, (row) => row * day),
          b: Float64Array.from(rows, (row) => row % 2),
        },
      }
    })
    const stored = await store(columns, chunks)
    expect((await readdir(context.workFolder)).filter((name) => name.endsWith('.parquet'))).toHaveLength(3)
    const table = newTable(stored.rows, columns)
    const misplaced: number[] = []
    let row = 0
    for await (const chunk of readStartChunks(context, table, {
      columns: ['i', 't', 'd', 'b'],
      rows: 'all',
    })) {
      const { i, t, d, b } = chunk.columns
      for (let index = 0; index < chunk.rows; index++, row++) {
        const values = [i![index], t![index], d![index], b![index]]
        const wanted = [row % 5 ? row : NaN, row % 7 ? `${row}${padding}` : '', row * day, row % 2]
        if (values.some((value, at) => !Object.is(value, wanted[at]))) misplaced.push(row)
      }
    }
    expect(misplaced).toEqual([])
    expect(row).toBe(20_000)
  })

  test('without a row are an empty table', async () => {
    const stored = await store([column('n', 'number')], [])
    expect(stored.rows.data).toEqual({ columns: [{ name: 'n', type: 'number' }], count: 0 })
  })

  test('cannot have two columns of one name', async () => {
    await expect(store([column('Age', 'number'), column('age', 'number')], [])).rejects.toMatchObject({
      code: 'table.name-taken',
    })
  })
})

describe('the hash of rows', () => {
  const columns = [column('id', 'integer'), column('n', 'number'), column('t', 'text')]
  const chunk = {
    rows: 3,
    columns: { id: Float64Array.of(1, 2, 3), n: Float64Array.of(0.5, NaN, 2), t: ['a', 'b', ''] },
  }

  test('is that of a file with the same values', async () => {
    const stored = await store(columns, [chunk])
    const reading = await readText(context, { name: 'same.csv', content: 'id,n,t\n1,0.50,a\n2,,b\n3,2e0,\n' })
    expect(stored.rows.hash).toBe(reading.rows.hash)
  })

  test.each([
    ['a value', columns, { ...chunk.columns, n: Float64Array.of(0.5, NaN, 3) }],
    [
      'the order of rows',
      columns,
      { id: Float64Array.of(2, 1, 3), n: Float64Array.of(NaN, 0.5, 2), t: ['b', 'a', ''] },
    ],
    ['where a null is', columns, { ...chunk.columns, n: Float64Array.of(NaN, 0.5, 2) }],
    ['where a text is cut', columns, { ...chunk.columns, t: ['ab', '', ''] }],
    [
      'a name',
      [columns[0]!, column('m', 'number'), columns[2]!],
      { id: chunk.columns.id, m: chunk.columns.n, t: chunk.columns.t },
    ],
    ['a type', [column('id', 'number'), columns[1]!, columns[2]!], chunk.columns],
    ['the order of columns', [columns[1]!, columns[0]!, columns[2]!], chunk.columns],
  ])('changes with %s', async (_, otherColumns, values) => {
    const stored = await store(columns, [chunk])
    const other = await store(otherColumns, [{ rows: 3, columns: values }])
    expect(other.rows.hash).not.toBe(stored.rows.hash)
  })
})
