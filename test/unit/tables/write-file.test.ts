import { readFile as readBytes } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StartColumn } from '../../../src/core/artifacts.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import type { ReadOptions } from '../../../src/tables/read-file/read-options.ts'
import { rowsFolder, rowsRelation } from '../../../src/tables/rows-relation.ts'
import { writeChunks } from '../../../src/tables/write-chunks.ts'
import { writeRowsToFile, type FileToWrite } from '../../../src/tables/write-file.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { valuesOf } from './file-reading.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

const columns: StartColumn[] = [
  { name: 't', type: 'text', source: 'x' },
  { name: 'n', type: 'number', source: 'x' },
  { name: 'i', type: 'integer', source: 'x' },
  { name: 'b', type: 'boolean', source: 'x' },
  { name: 'd', type: 'date', source: 'x' },
  { name: 's', type: 'datetime', source: 'x' },
]
interface Row {
  t: string | null
  n: number | null
  i: number | null
  b: boolean | null
  d: number | null
  s: number | null
}

async function stored(rows: readonly Row[]) {
  const number = (values: (number | boolean | null)[]) =>
    Float64Array.from(values, (value) => (value === null ? NaN : Number(value)))
  const list = <Key extends keyof Row>(key: Key) => rows.map((row) => row[key])
  const chunk = {
    rows: rows.length,
    columns: {
      t: rows.map(({ t }) => t ?? ''),
      n: number(list('n')),
      i: number(list('i')),
      b: number(list('b')),
      d: number(list('d')),
      s: number(list('s')),
    },
    nulls: { t: Uint8Array.from(rows, ({ t }) => (t === null ? 1 : 0)) },
  }
  return { rows: await writeChunks(context, { columns, chunks: [chunk] }), startColumns: columns }
}

async function write(
  table: Awaited<ReturnType<typeof stored>>,
  file: Pick<FileToWrite, 'format' | 'guardFormulas' | 'nullValue' | 'delimiter'>,
) {
  const path = join(context.workFolder, `out.${file.format === 'json-lines' ? 'jsonl' : file.format}`)
  const data = newTable(table.rows, table.startColumns)
  const database = await openDuckDb(context, { folders: [rowsFolder(context, data)] })
  await writeRowsToFile(database, {
    ...file,
    path,
    columns,
    query: `SELECT * FROM ${rowsRelation(context, data)}`,
  })
  database.close()
  return path
}

const text = fc.string({
  unit: fc.constantFrom('a', ' ', ',', ';', '"', "'", '\n', '\r', '\t', '=', '-', 'é', '😀', '\\', '\ufeff'),
  maxLength: 6,
})
const row: fc.Arbitrary<Row> = fc.record({
  t: fc.option(text),
  n: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  i: fc.option(fc.maxSafeInteger()),
  b: fc.option(fc.boolean()),
  d: fc.option(fc.integer({ min: -719_000, max: 2_900_000 }).map((day) => day * 86_400_000)),
  s: fc.option(fc.integer({ min: -62_000_000_000_000, max: 250_000_000_000_000 })),
})
const asWritten: Omit<ReadOptions, 'path'> = {
  trim: false,
  nullValues: [''],
  columns: Object.fromEntries(columns.map(({ name, type }) => [name, { type }])),
}

describe('a written file', () => {
  test.each(['csv', 'tsv', 'json', 'json-lines', 'parquet'] as const)(
    'reads back as %s with equal values',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
          const table = await stored(rows)
          const path = await write(table, { format })
          const isJson = format === 'json' || format === 'json-lines'
          const options =
            format === 'parquet'
              ? {}
              : isJson
                ? { ...asWritten, nullValues: [] }
                : { ...asWritten, header: true, quote: '"' }
          const reading = await readFile(context, { path, ...options })
          expect(reading.counts.rejected).toBe(0)
          const withoutEmptyTexts = rows.map((each) => ({ ...each, t: each.t === '' ? null : each.t }))
          const expected = format === 'csv' || format === 'tsv' ? await stored(withoutEmptyTexts) : table
          expect(await valuesOf(context, reading)).toEqual(await valuesOf(context, expected))
        }),
        { numRuns: 15, examples: [[[{ t: '\ufeff', n: null, i: null, b: null, d: null, s: null }]]] },
      )
    },
  )

  test('says times in UTC and numbers in full', async () => {
    const table = await stored([
      { t: 'x, "y"', n: 0.1, i: 7, b: true, d: Date.UTC(2024, 1, 29), s: Date.UTC(2024, 1, 29, 12, 0, 0, 5) },
      { t: null, n: Infinity, i: null, b: null, d: null, s: null },
    ])
    expect(await readBytes(await write(table, { format: 'csv', nullValue: 'NA' }), 'utf8')).toBe(
      't,n,i,b,d,s\n"x, ""y""",0.1,7,true,2024-02-29,2024-02-29T12:00:00.005Z\nNA,inf,NA,NA,NA,NA\n',
    )
    expect(JSON.parse(await readBytes(await write(table, { format: 'json' }), 'utf8'))).toEqual([
      { t: 'x, "y"', n: 0.1, i: 7, b: true, d: '2024-02-29', s: '2024-02-29T12:00:00.005Z' },
      { t: null, n: null, i: null, b: null, d: null, s: null },
    ])
  })

  test('keeps formulas from spreadsheets where that is wanted', async () => {
    const formulas = ['=1+1', '+1', '-1', '@x', '\tx', 'fine=1']
    const table = await stored(formulas.map((t) => ({ t, n: -1, i: null, b: null, d: null, s: null })))
    const path = await write(table, { format: 'csv', guardFormulas: true })
    expect((await readBytes(path, 'utf8')).split('\n').slice(1, 7)).toEqual([
      "'=1+1,-1.0,,,,",
      "'+1,-1.0,,,,",
      "'-1,-1.0,,,,",
      "'@x,-1.0,,,,",
      "'\tx,-1.0,,,,",
      'fine=1,-1.0,,,,',
    ])
  })
})
