import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import type { ReadOptions } from '../../../src/tables/read-file/read-options.ts'
import { sniffFile } from '../../../src/tables/read-file/sniff-file.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { readText, valuesOf } from './file-reading.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

async function parquet(query: string, options: Omit<ReadOptions, 'path'> = {}, name = 'table.parquet') {
  const path = join(context.folder, name)
  const database = await openDuckDb(context, { folders: [context.folder] })
  await database.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`)
  database.close()
  const reading = await readFile(context, { path, ...options })
  expect(await sniffFile(context, { path, ...options })).toEqual(reading.sniff)
  return {
    ...reading,
    values: await valuesOf(context, reading),
    rejected: await valuesOf(context, reading.rejects),
  }
}
const types = (reading: { startColumns: readonly { type: string }[] }) =>
  reading.startColumns.map(({ type }) => type)

describe('Parquet', () => {
  test('has its types taken over', async () => {
    const reading =
      await parquet(`SELECT 1::TINYINT a, 2::BIGINT b, 1.5::FLOAT c, 2.25::DECIMAL(9,2) d, true e, 'x' f,
      DATE '2024-02-29' g, TIMESTAMP '2024-02-29 12:00:00.1234' h, TIMESTAMPTZ '2024-02-29 12:00:00+02' i, [1, 2] j,
      {'k': 1} k, TIME '10:00' l, UUID '00000000-0000-0000-0000-000000000001' m`)
    expect(types(reading)).toEqual([
      'integer',
      'integer',
      'number',
      'number',
      'boolean',
      'text',
      'date',
      'datetime',
      'datetime',
      'text',
      'text',
      'text',
      'text',
    ])
    expect(reading.values).toEqual([
      [
        1,
        2,
        1.5,
        2.25,
        true,
        'x',
        '2024-02-29',
        '2024-02-29 12:00:00.123',
        '2024-02-29 10:00:00',
        '[1,2]',
        '{"k":1}',
        '10:00:00',
        '00000000-0000-0000-0000-000000000001',
      ],
    ])
  })

  test('keeps texts as they are unless told otherwise', async () => {
    const query = `SELECT * FROM (VALUES (' NA '), ('NA'), (''), ('5')) t(x)`
    expect((await parquet(query)).values).toEqual([[' NA '], ['NA'], [''], ['5']])
    expect((await parquet(query, { trim: true, nullValues: ['NA', ''] })).values).toEqual([
      [null],
      [null],
      [null],
      ['5'],
    ])
    const typed = await parquet(query, {
      columns: { x: { type: 'integer', trim: true, nullValues: ['NA'] } },
    })
    expect(typed.values).toEqual([[null], [null], [5]])
    expect(typed.rejected).toEqual([[3, 'x', 'wrong-type', '“” in column “x” is no whole number.', null]])
  })

  test('has whole numbers beyond 2^53 read as text', async () => {
    const reading = await parquet('SELECT unnest([1, 9007199254740993]) id')
    expect(types(reading)).toEqual(['text'])
    expect(reading.values).toEqual([['1'], ['9007199254740993']])
  })

  test('has rows rejected whose values have no place', async () => {
    const reading = await parquet(
      `SELECT * FROM (VALUES ('a', DATE '2024-01-01'), ('b' || chr(0), NULL), (NULL, DATE '20000-01-01'), ('d', NULL)) t(t, d)`,
    )
    expect(reading.rejected).toEqual([
      [2, 't', 'nul-character', expect.any(String), 'b\u2400'],
      [3, 'd', 'out-of-range', expect.any(String), '20000-01-01'],
    ])
    expect(reading.values).toEqual([
      ['a', '2024-01-01'],
      ['d', null],
    ])
  })

  test('gives the same rows as the CSV of the same table', async () => {
    const fromParquet = await parquet(
      `SELECT 1 id, 2.5 n, 'x' t, DATE '2024-01-01' d UNION ALL SELECT 2, NULL, NULL, NULL`,
    )
    const fromCsv = await readText(context, {
      name: 'table.csv',
      content: 'id,n,t,d\n1,2.50,x,2024-01-01\n2,,NA,\n',
    })
    expect(fromParquet.rows.hash).toBe(fromCsv.rows.hash)
  })

  test('that is broken or holds what has no type is refused', async () => {
    const path = join(context.folder, 'broken.parquet')
    await writeFile(path, 'PAR1 and nothing that makes sense')
    await expect(readFile(context, { path })).rejects.toMatchObject({ code: 'read.not-parquet' })
    await expect(parquet(`SELECT 'x'::BLOB b`)).rejects.toMatchObject({
      code: 'read.unsupported-column',
      values: { column: 'b' },
    })
  })
})
