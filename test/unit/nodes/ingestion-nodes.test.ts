import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TableData } from '../../../src/core/artifacts.ts'
import { sha256OfFile } from '../../../src/files/sha256.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import { readStartChunks } from '../../../src/tables/start-rows.ts'
import { ingestionFile } from '../../../nodes/ingestion/file/definition.ts'
import { run as readFromFile } from '../../../nodes/ingestion/file/run.ts'
import { ingestionFiles } from '../../../nodes/ingestion/files/definition.ts'
import { run as readFromFiles } from '../../../nodes/ingestion/files/run.ts'
import { inline } from '../../../nodes/ingestion/inline/definition.ts'
import { run as readInline } from '../../../nodes/ingestion/inline/run.ts'
import { run as readSample } from '../../../nodes/ingestion/sample-data/run.ts'
import { sampleOptions } from '../../../nodes/ingestion/sample-data/sample-options.ts'
import { samples, type SampleName } from '../../../nodes/ingestion/sample-data/samples.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(() => context.dispose())

/** Values by column, as a model sees them. */
async function valuesOf(table: TableData): Promise<Record<string, (number | string)[]>> {
  const names = table.startColumns.map(({ name }) => name)
  const values: Record<string, (number | string)[]> = Object.fromEntries(names.map((name) => [name, []]))
  for await (const chunk of readStartChunks(context, table, { columns: names, rows: 'all' })) {
    for (const name of names) values[name]!.push(...chunk.columns[name]!)
  }
  return values
}

const file = (name: string, text: string): Promise<void> => writeFile(join(context.folder, name), text)

describe('a typed table', () => {
  it('is the table that a file with the same text is', async () => {
    const text = 'shop;opened;“sales”\nJena;01.03.2026;1250,5\nGera;02.03.2026;NA\n'
    const options = { formats: { opened: 'DD.MM.YYYY' }, types: { opened: 'date' } }
    await file('shops.csv', text)
    const fromFile = await readFromFile(
      {},
      ingestionFile.params.parse({ path: 'shops.csv', ...options }),
      context,
    )
    const typed = await readInline({}, inline.params.parse({ text, ...options }), context)
    expect(typed.table.hash).toBe(fromFile.table.hash)
  })

  it('takes what is pasted from a spreadsheet', async () => {
    const text = 'shop\tsales\r\nJena\t"1,5"\r\n"Gera\nLusan"\t2\r\n'
    const { table } = await readInline({}, inline.params.parse({ text, decimalMark: ',' }), context)
    expect(await valuesOf(table.data)).toEqual({ shop: ['Jena', 'Gera\nLusan'], sales: [1.5, 2] })
  })

  it('takes rows whose values differ in their names', async () => {
    const rows = [{ a: 1, 'b "x"': 'one' }, { a: 2.5 }, { a: null, c: true }]
    const { table } = await readInline({}, inline.params.parse({ rows }), context)
    expect(await valuesOf(table.data)).toEqual({
      a: [1, 2.5, NaN],
      'b "x"': ['one', '', ''],
      c: [NaN, NaN, 1],
    })
  })

  it('is asked for, and not as text and rows at once', () => {
    const problems = (params: unknown) =>
      inline.params.safeParse(params).error?.issues.map(({ path }) => path)
    expect(problems({})).toEqual([['text']])
    expect(problems({ text: ' \n' })).toEqual([['text']])
    expect(problems({ text: 'a\n1\n', rows: [{ a: 1 }] })).toEqual([['rows']])
  })

  it('does not tell in an error where the text was put for its reader', async () => {
    const read = readInline({}, inline.params.parse({ text: 'a,b\n1,2\n', types: { c: 'number' } }), context)
    await expect(read).rejects.toMatchObject({
      code: 'read.unknown-columns',
      message:
        'The reader has settings for columns that “the typed table” does not have: “c”. It has “a”, “b”.',
    })
  })
})

describe('rules by column', () => {
  it('read a column otherwise than the file as a whole', async () => {
    await file('mixed.csv', 'a;b;paid\n1,5;1.5;ja\n-;-;nein\n2;;\n')
    const params = ingestionFile.params.parse({
      path: 'mixed.csv',
      decimalMark: ',',
      types: { paid: 'boolean' },
      rules: {
        a: { nullValues: ['-'] },
        b: { decimalMark: '.', nullValues: ['', '-'] },
        paid: { trueValues: ['ja'], falseValues: ['nein'] },
      },
    })
    const { table } = await readFromFile({}, params, context)
    expect(await valuesOf(table.data)).toEqual({ a: [1.5, NaN, 2], b: [1.5, NaN, NaN], paid: [1, 0, NaN] })
  })
})

describe('files that match a pattern', () => {
  const read = (params: object) =>
    readFromFiles({}, ingestionFiles.params.parse({ pattern: 'p*.*', ...params }), {
      ...context,
      fail: (code, values) => {
        throw new Error(`${code} ${JSON.stringify(values)}`)
      },
    })

  it('come out in the order of their names, matched by column, with their names where asked for', async () => {
    await file('p2.csv', 'b,a\nx,2\n')
    await file('p10.csv', 'a,b\n1.5,y\n')
    await file('p3.jsonl', '{"b":"z","a":3}\n')
    const { table } = await read({ sourceColumn: 'from "file"' })
    expect(await valuesOf(table.data)).toEqual({
      a: [1.5, 2, 3],
      b: ['y', 'x', 'z'],
      'from "file"': ['p10.csv', 'p2.csv', 'p3.jsonl'],
    })
  })

  it('are one file’s table when there is one', async () => {
    await file('p.csv', 'a;day\n1,5;03.04.2026\n')
    const one = await readFromFile({}, ingestionFile.params.parse({ path: 'p.csv' }), context)
    expect((await read({})).table.hash).toBe(one.table.hash)
  })

  it('are read by what each shows: whole numbers and a date by the mark and format of another file', async () => {
    await file('p1.csv', 'a;day;note\n7;2026-01-05;\n')
    await file('p2.csv', 'a;day;note\n1,5;2026-01-06T10:30:00;12\n')
    const { table } = await read({})
    expect(table.data.startColumns.map(({ type }) => type)).toEqual(['number', 'datetime', 'integer'])
    expect(table.data.startColumns[0]!.rule).toMatchObject({ decimalMark: ',' })
    expect(await valuesOf(table.data)).toEqual({
      a: [7, 1.5],
      day: [Date.UTC(2026, 0, 5), Date.UTC(2026, 0, 6, 10, 30)],
      note: [NaN, 12],
    })
  })

  it('are added up with their rejected rows', async () => {
    await file('p1.csv', 'a,b\n1,2\n3\n')
    await file('p2.csv', 'a,b\n1,2,3\n4,5\n')
    const { table, rejects } = await read({ maximumRejectShare: 0.5 })
    expect(await valuesOf(table.data)).toEqual({ a: [1, 4], b: [2, 5] })
    expect(await valuesOf(rejects.data)).toMatchObject({ file: ['p1.csv', 'p2.csv'], line: [3, 2] })
    expect(context.logs.map(({ message, values }) => [message, values!['path']])).toEqual([
      [expect.stringContaining('in “{path}” on line {line}'), 'p1.csv'],
      [expect.stringContaining('in “{path}” on line {line}'), 'p2.csv'],
    ])
  })

  it('may lack columns, or give only those that all have', async () => {
    await file('p1.csv', 'a,b\n1,2\n')
    await file('p2.csv', 'b,c\n5,x\n')
    expect(await valuesOf((await read({ columns: 'all' })).table.data)).toEqual({
      a: [1, NaN],
      b: [2, 5],
      c: ['', 'x'],
    })
    expect(await valuesOf((await read({ columns: 'shared' })).table.data)).toEqual({ b: [2, 5] })
    await expect(read({})).rejects.toThrow('columns-differ {"file":"p1.csv","columns":["c"]}')
  })

  it('are settled by a setting where they differ', async () => {
    await file('p1.csv', 'a\n1\n')
    await file('p2.csv', 'a\nlarge\n')
    const { table } = await read({ types: { a: 'text' } })
    expect(await valuesOf(table.data)).toEqual({ a: ['1', 'large'] })
  })

  it('have dates of a given format, and beside them columns of ISO dates', async () => {
    await file('p1.csv', 'day,iso\n01.03.2026,2026-03-01\n')
    await file('p2.csv', 'day,iso\n31.03.2026,2026-03-02\n')
    const { table } = await read({ dateFormat: 'DD.MM.YYYY' })
    expect(table.data.startColumns.map(({ rule }) => rule?.format)).toEqual(['DD.MM.YYYY', undefined])
    expect(await valuesOf(table.data)).toEqual({
      day: [Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 31)],
      iso: [Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 2)],
    })
  })

  it('leave hidden files and folders out', async () => {
    await file('p1.csv', 'a\n1\n')
    await file('.p2.csv', 'a\n2\n')
    await mkdir(join(context.folder, 'p3.csv'))
    expect(await valuesOf((await read({ pattern: '*.csv' })).table.data)).toEqual({ a: [1] })
    expect(await valuesOf((await read({ pattern: '.p*.csv' })).table.data)).toEqual({ a: [2] })
  })
})

describe('sample data', () => {
  it.each([
    ['telco-churn', 7043, 21],
    ['titanic', 891, 12],
    ['adult-income-train', 32561, 15],
    ['adult-income-test', 16281, 15],
    ['california-housing', 20640, 10],
    ['diamonds', 53940, 10],
  ] as const)('has “%s” whole, as its step’s code knows it', async (name, rows, columns) => {
    const options = sampleOptions(name)
    expect((await sha256OfFile(options.path)).sha256).toBe(samples[name].sha256)
    const reading = await readFile(context, options)
    expect(reading.counts).toEqual({ read: rows, kept: rows, rejected: 0 })
    expect(reading.startColumns.length).toBe(columns)
  })

  it('reads both parts of the census with the same labels', async () => {
    const labels = async (name: SampleName) => {
      const { table } = await readSample({}, { name }, context)
      return new Set((await valuesOf(table.data))['income'])
    }
    expect(await labels('adult-income-test')).toEqual(await labels('adult-income-train'))
  })
})
