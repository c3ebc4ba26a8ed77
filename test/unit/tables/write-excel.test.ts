import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readExcel } from '../../../src/tables/excel/read-excel.ts'
import { writeExcel } from '../../../src/tables/excel/write-excel.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { valuesOf } from './file-reading.ts'

let context: TestContext
let database: DuckDb
beforeEach(async () => {
  context = await createTestContext()
  database = await openDuckDb(context, { folders: [context.folder] })
})
afterEach(async () => {
  database.close()
  await context.dispose()
})

const path = (): string => join(context.folder, 'book.xlsx')
const options = () =>
  ({
    path: path(),
    sheet: 1,
    header: true,
    mergedCells: 'first',
    errorCells: 'reject',
    trim: false,
    nullValues: [],
  }) as const

const columns = [
  { name: 't', type: 'text' },
  { name: 'n', type: 'number' },
  { name: 'i', type: 'integer' },
  { name: 'b', type: 'boolean' },
  { name: 'd', type: 'date' },
  { name: 's', type: 'datetime' },
] as const

const specialCharacter = fc.constantFrom(...'=+-@"\'<>&\r\n\t_x0041_\u0001'.split(''))
const text = fc
  .string({
    unit: fc.oneof(specialCharacter, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
    minLength: 1,
    maxLength: 12,
  })
  .filter((value) => !value.includes('\0'))
const day = fc.date({ min: new Date('1900-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
const value = {
  t: text,
  // Negative zero is zero in a cell.
  n: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  i: fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }),
  b: fc.boolean(),
  d: day.map((date) => date.toISOString().slice(0, 10)),
  s: day.map((date) => date.toISOString().replace('T', ' ').slice(0, 23)),
}
const row = fc.tuple(...columns.map(({ name }) => fc.option<string | number | boolean>(value[name])))

/** Times as numbers, of which DuckDB shows no needless zeros. */
const comparable = (rows: readonly unknown[][]): unknown[][] =>
  rows.map((values) => [
    ...values.slice(0, 5),
    typeof values[5] === 'string' ? Date.parse(`${values[5].replace(' ', 'T')}Z`) : values[5],
  ])

describe('a workbook that is written', () => {
  test('reads back as equal values, whatever the texts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        await database.run(
          'CREATE OR REPLACE TABLE given (place INTEGER, t VARCHAR, n DOUBLE, i BIGINT, b BOOLEAN, d DATE, s TIMESTAMP)',
        )
        for (const [place, values] of rows.entries()) {
          const texts = values.map((each) => (each === null ? null : String(each)))
          await database.connection.run(`INSERT INTO given VALUES (${place}, $1, $2, $3, $4, $5, $6)`, texts)
        }
        await writeExcel(database, {
          query: 'SELECT * FROM given ORDER BY place',
          columns,
          path: path(),
          header: true,
        })
        const types = Object.fromEntries(columns.map(({ name, type }) => [name, { type }]))
        const reading = await readExcel(context, { ...options(), columns: types })
        const filled = rows.filter((values) => values.some((each) => each !== null))
        expect(comparable(await valuesOf(context, reading))).toEqual(comparable(filled))
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  test('has the names of its columns, whatever they are', async () => {
    const names = ['=1+1', 'a.b', '<&>"\'', '😀', ' x'.repeat(100).trim(), '_x0041_', 'a, b; c']
    await database.run(
      `CREATE TABLE named AS SELECT ${names.map((name) => `1 AS "${name.replaceAll('"', '""')}"`).join(', ')}`,
    )
    const named = names.map((name) => ({ name, type: 'integer' }) as const)
    await writeExcel(database, { query: 'FROM named', columns: named, path: path(), header: true })
    const { startColumns } = await readExcel(context, options())
    expect(startColumns.map(({ name }) => name)).toEqual(names)
  })

  test('has no formulas, keeps long numbers as texts, and has equal bytes for equal rows', async () => {
    const query = `SELECT '=1+1' AS t, 1234567890123456789::BIGINT AS i, 'inf'::DOUBLE AS n, DATE '1815-12-10' AS d`
    const columns = [
      { name: 't', type: 'text' },
      { name: 'i', type: 'integer' },
      { name: 'n', type: 'number' },
      { name: 'd', type: 'date' },
    ] as const
    await writeExcel(database, { query, columns, path: path(), header: true })
    const first = await readFile(path())
    await writeExcel(database, { query, columns, path: path(), header: true })
    expect(first.equals(await readFile(path()))).toBe(true)
    const reading = await readExcel(context, { ...options(), columns: { t: { type: 'text' } } })
    const values = [['=1+1', '1234567890123456789', null, '1815-12-10']]
    expect(await valuesOf(context, reading)).toEqual(values)
  })

  test('is refused where Excel has no room', async () => {
    const write = (query: string, name: string, type: 'text' | 'boolean') =>
      writeExcel(database, { query, columns: [{ name, type }], path: path(), header: true })
    await expect(write('SELECT true AS b FROM range(1048576)', 'b', 'boolean')).rejects.toMatchObject({
      code: 'excel.too-many-rows',
      values: { rows: 1_048_575 },
    })
    await expect(write(`SELECT repeat('x', 32768) AS t`, 't', 'text')).rejects.toMatchObject({
      code: 'excel.too-long-text',
      values: { cell: 'A2', characters: 32_768 },
    })
  })
})
