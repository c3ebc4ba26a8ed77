import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readExcel } from '../../../src/tables/excel/read-excel.ts'
import { writeExcel } from '../../../src/tables/excel/write-excel.ts'
import { ZipWriter } from '../../../src/tables/excel/zip-writer.ts'
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
      { numRuns: 40 },
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

describe('a file that is no sound workbook is refused', () => {
  const read = () => readExcel(context, options())

  const parts = (sheet: string) => ({
    '_rels/.rels':
      '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': '<workbook><sheets><sheet name="A" r:id="b"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="b" Type="x/worksheet" Target="/xl/s.xml"/></Relationships>',
    'xl/s.xml': sheet,
  })

  async function archive(content: Readonly<Record<string, string | Iterable<string>>>): Promise<void> {
    const zip = await ZipWriter.create(path())
    for (const [name, text] of Object.entries(content))
      await zip.add(name, typeof text === 'string' ? [text] : text)
    await zip.finish()
    await zip.close()
  }

  test.each<[string, string | Uint8Array, string]>([
    ['text', 'a,b\n1,2\n', 'excel.not-a-workbook'],
    ['nothing', '', 'excel.not-a-workbook'],
    [
      'an old workbook',
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]),
      'excel.old-workbook',
    ],
    [
      'a protected workbook',
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
        Buffer.alloc(600),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      'excel.encrypted',
    ],
    ['the start of an archive', 'PK\x03\x04 and no more', 'excel.damaged'],
  ])('%s', async (_, content, code) => {
    await writeFile(path(), content)
    await expect(read()).rejects.toMatchObject({ code })
  })

  test('an archive of another kind', async () => {
    await archive({ 'readme.txt': 'hello' })
    await expect(read()).rejects.toMatchObject({ code: 'excel.not-a-workbook' })
    await archive({ 'content.xml': '', mimetype: '' })
    await expect(read()).rejects.toMatchObject({ code: 'excel.open-document' })
    await archive({ 'xl/workbook.bin': '' })
    await expect(read()).rejects.toMatchObject({ code: 'excel.binary-workbook' })
  })

  test('one with a wrong checksum, a cut or a missing part', async () => {
    await archive(parts('<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>'))
    expect((await readExcel(context, { ...options(), header: false })).counts.kept).toBe(1)
    const bytes = await readFile(path())
    const at = bytes.lastIndexOf('xl/s.xml') - 46 + 16
    bytes.writeUInt32LE(7, at)
    await writeFile(path(), bytes)
    await expect(read()).rejects.toThrow(
      /is damaged or was cut off: the checksum of “xl\/s\.xml” is wrong\.$/,
    )
    await archive({ ...parts(''), 'xl/workbook.xml': '<workbook><sheets><sheet name="A" r:id="b"/>' })
    await writeFile(path(), (await readFile(path())).subarray(0, -30))
    await expect(read()).rejects.toMatchObject({ code: 'excel.damaged' })
  })

  test.each([
    ['<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>', /a document type/],
    ['<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>', /row 1 comes after row 2/],
    ['<worksheet><sheetData><row r="99999999"/></sheetData></worksheet>', /row 99999999/],
    ['<worksheet><sheetData><row><c r="B1"/><c r="A1"/></row></sheetData></worksheet>', /cells of row 1/],
    ['<worksheet><sheetData><row><c t="s"><v>4</v></c></row></sheetData></worksheet>', /text of cell A1/],
    ['<worksheet><sheetData><row><c><v>many</v></c></row></sheetData></worksheet>', /A1 holds no number/],
    ['<worksheet><sheetData><row><c><v>1</v></c></ro', /ends too early/],
  ])('a sheet of %s', async (sheet, says) => {
    await archive(parts(sheet))
    await expect(read()).rejects.toThrow(says)
  })

  test('one that unpacks to far more than it is', async () => {
    const piece = '<x/>'.repeat(1 << 18)
    await archive({
      ...parts(''),
      'xl/s.xml': (function* () {
        for (let i = 0; i < 70; i++) yield piece
      })(),
    })
    await expect(read()).rejects.toMatchObject({ code: 'excel.too-large' })
  })
})
