import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ExcelOptions } from '../../../src/tables/excel/excel-options.ts'
import { readExcel } from '../../../src/tables/excel/read-excel.ts'
import { sniffExcel } from '../../../src/tables/excel/sniff-excel.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { valuesOf } from './file-reading.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

// Made with openpyxl by make_workbooks.py beside them.
const fixture = (name: string): string => join(import.meta.dirname, '../../fixtures/excel', name)

async function read(name: string, given: Partial<ExcelOptions> = {}) {
  const options: ExcelOptions = {
    path: fixture(name),
    sheet: 1,
    mergedCells: 'first',
    errorCells: 'null',
    ...given,
  }
  const reading = await readExcel(context, options)
  const probed = await sniffExcel(context, options)
  expect(probed.startColumns).toEqual(reading.startColumns)
  return {
    ...reading,
    columns: reading.startColumns.map(({ name: column, type }) => `${column} ${type}`),
    values: await valuesOf(context, reading),
    rejected: await valuesOf(context, reading.rejects),
  }
}

describe('a workbook', () => {
  test('gives the values and types of its cells, and no row where there is none', async () => {
    const { columns, values, sniff } = await read('kinds.xlsx')
    expect(columns).toEqual([
      'id integer',
      'name text',
      'price number',
      'paid boolean',
      'day date',
      'seen datetime',
      'time number',
      'code text',
      'note text',
    ])
    expect(sniff.headerRow).toBe(1)
    expect(values).toEqual([
      [1, 'Ärger & <Co>', 1.1, true, '2024-02-29', '2024-02-29 13:45:30', 0.25, '007', null],
      [2, 'two\nlines', 1e20, false, '1900-01-31', '1999-12-31 00:00:00', 0.75, '012', null],
      [3, '😀 “x”', -0.000123, null, '9999-12-31', null, null, '1e5', 'spaced'],
    ])
  })

  test('is read with the types, null values and replacements that are given', async () => {
    const { columns, values } = await read('kinds.xlsx', {
      columns: { code: { type: 'integer' }, id: { type: 'text' }, name: { replace: { '😀 “x”': 'x' } } },
      nullValues: ['spaced', '1e5'],
    })
    expect(columns.filter((column) => /^(code|id)/.test(column))).toEqual(['id text', 'code integer'])
    expect(values.map((row) => [row[0], row[7], row[8]])).toEqual([
      ['1', 7, null],
      ['2', 12, 'NA'],
      ['3', null, null],
    ])
  })

  test('has its sheets chosen by name or number', async () => {
    for (const sheet of ['Übersicht 2', 'übersicht 2', 2]) {
      expect((await read('kinds.xlsx', { sheet })).values).toEqual([[1, 2]])
    }
    const refused = read('kinds.xlsx', { sheet: 'Sales' })
    await expect(refused).rejects.toThrow(
      /^There is no sheet “Sales” in “.*”\. It has “Kinds”, “Übersicht 2”, “Empty”\.$/,
    )
    await expect(read('kinds.xlsx', { sheet: 4 })).rejects.toThrow(/^There is no sheet number 4 in /)
    await expect(read('kinds.xlsx', { sheet: 'Empty' })).rejects.toThrow(
      /^There is nothing in the sheet “Empty”/,
    )
  })

  test('counts its dates from 1900 or 1904', async () => {
    expect((await read('from_1904.xlsx')).values).toEqual([['2024-02-29'], ['1904-01-02']])
  })
})

describe('a range', () => {
  test('cuts a table out of a sheet', async () => {
    const { columns, values } = await read('placed.xlsx', { range: 'b4:D7' })
    expect(columns).toEqual(['shop text', 'sales integer', 'rate number'])
    expect(values).toEqual([
      ['Jena', 12, 0.5],
      ['Gera', 9, null],
      ['Kiel', 7, 0.25],
    ])
  })

  test('may be columns, or all from a cell on', async () => {
    expect((await read('placed.xlsx', { range: 'H:H', header: false })).values).toEqual([['beside']])
    const { columns, values } = await read('placed.xlsx', { range: '$C$5', header: false })
    expect(columns).toEqual(['column_1 integer', 'column_2 number', 'column_3 text'])
    expect(values.at(-1)).toEqual([28, null, null])
  })

  test('is refused where it is none', async () => {
    for (const range of ['', ':', 'A1:', 'Sheet!A1', 'F9:A1', 'A0:B1', 'A1:ZZZ9', 'A1:B1048577']) {
      await expect(read('placed.xlsx', { range })).rejects.toMatchObject({ code: 'excel.bad-range' })
    }
    await expect(read('placed.xlsx', { range: 'X1:Z9' })).rejects.toThrow(/“Sheet” of .* in X1:Z9\./)
  })
})

describe('a row that does not fit', () => {
  test('is rejected with its place where a cell stands outside of the columns', async () => {
    const { rejected, counts, values } = await read('placed.xlsx', { range: 'B4:Z7', sampleRows: 1 })
    expect(values).toHaveLength(2)
    expect(counts).toEqual({ read: 3, kept: 2, rejected: 1 })
    expect(rejected).toEqual([
      [
        6,
        null,
        'too-many-fields',
        expect.stringMatching(/^Cell H6 has a value/),
        '\tGera\t9\t\t\t\t\tbeside',
      ],
    ])
  })

  test('is rejected for an error, if that is wanted', async () => {
    const { columns, rejected, counts } = await read('errors.xlsx', { errorCells: 'reject' })
    expect(columns).toEqual(['item text', 'ratio number', 'sum integer'])
    expect(counts).toEqual({ read: 4, kept: 1, rejected: 3 })
    expect(rejected.map(([line, column, reason, message]) => [line, column, reason, message])).toEqual([
      [3, 'ratio', 'error-cell', 'Cell B3 holds the error #DIV/0!.'],
      [4, 'ratio', 'error-cell', 'Cell B4 holds the error #N/A.'],
      [5, 'sum', 'error-cell', 'Cell C5 holds a formula whose result is not stored in the file.'],
    ])
  })

  test('else has no value there, and the cells are counted', async () => {
    const { values, errorCells } = await read('errors.xlsx')
    expect(values).toEqual([
      ['a', 0.5, 1],
      ['b', null, 2],
      ['c', null, 3],
      ['d', 0.25, null],
    ])
    expect(errorCells).toEqual({ count: 3, first: 'B3', text: '#DIV/0!' })
  })
})

describe('merged cells', () => {
  test('have their value in the first of them, or in each', async () => {
    expect((await read('merged.xlsx')).values).toEqual([
      ['South', 'Jena', 12, 10],
      [null, 'Gera', 9, null],
      ['North', 'Kiel', 7, 8],
    ])
    expect((await read('merged.xlsx', { mergedCells: 'each' })).values).toEqual([
      ['South', 'Jena', 12, 10],
      ['South', 'Gera', 9, 9],
      ['North', 'Kiel', 7, 8],
    ])
  })
})
