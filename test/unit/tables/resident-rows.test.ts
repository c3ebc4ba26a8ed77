import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StartColumn, TableData } from '../../../src/core/artifacts.ts'
import type { StreamedCodes } from '../../../src/tables/chunk-builder.ts'
import { textsOf, type CodedTexts } from '../../../src/tables/coded-texts.ts'
import type { StreamedChunk } from '../../../src/tables/column-chunk.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { dropResident, keepResident, residentColumns } from '../../../src/tables/resident-rows.ts'
import { readCodedChunks, readStartChunks } from '../../../src/tables/start-rows.ts'
import { writeRows } from '../../../src/tables/write-table.ts'
import { writeSplit } from '../../../src/tables/write-split.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  dropResident()
  await context.dispose()
})

const columns: StartColumn[] = [
  { name: 'n', type: 'number', source: 'file' },
  { name: 'i', type: 'integer', source: 'file' },
  { name: 'b', type: 'boolean', source: 'file' },
  { name: 't', type: 'text', source: 'file' },
  { name: 'd', type: 'date', source: 'file' },
  { name: 's', type: 'datetime', source: 'file' },
]
const names = columns.map(({ name }) => name)

const odd = `SELECT
  CASE i % 6 WHEN 0 THEN NULL WHEN 1 THEN 'nan' WHEN 2 THEN '-inf' WHEN 3 THEN -0.0 ELSE i / 7 END::DOUBLE AS n,
  CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN -i WHEN 2 THEN 9007199254740993 + i WHEN 3 THEN -9223372036854775807
    ELSE 9223372036854775807 - i END::BIGINT AS i,
  CASE WHEN i % 3 = 0 THEN NULL ELSE i % 2 = 0 END AS b,
  CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'kurz' || i % 10 ELSE 'ein längerer Text ' || i % 100 END AS t,
  CASE WHEN i % 13 = 0 THEN NULL ELSE DATE '1969-12-01' + (i % 1000)::INTEGER END AS d,
  CASE WHEN i % 17 = 0 THEN NULL WHEN i % 2 = 0 THEN TIMESTAMP '1900-01-01 00:00:00.001' + INTERVAL (i) SECOND
    ELSE TIMESTAMP '9999-12-31 23:59:59.999' - INTERVAL (i) SECOND END AS s
  FROM range(10000) t(i)`

async function write(from: string, startColumns = columns): Promise<TableData> {
  const database = await openDuckDb(context)
  try {
    return newTable(await writeRows(context, { database, from, startColumns }), startColumns)
  } finally {
    database.close()
  }
}

async function all(table: TableData, options: { rows: 'all' | 'test'; chunkRows?: number }) {
  const chunks: StreamedChunk[] = []
  for await (const chunk of readStartChunks(context, table, { columns: names, ...options }))
    chunks.push(chunk)
  return chunks
}

describe('rows in memory', () => {
  test('are read as those of the file are, of every type', async () => {
    const table = await write(odd)
    expect(residentColumns(table.rows.artifact, columns)).not.toBeNull()
    const inMemory = await all(table, { rows: 'all' })
    dropResident()
    const fromFile = await all(table, { rows: 'all' })
    expect(inMemory).toEqual(fromFile)
    expect(fromFile.map(({ rows }) => rows)).toEqual([4096, 4096, 1808])
  })

  test('are read in parts of a split, and in chunks of any size', async () => {
    const rows = await write(odd)
    const parts = Uint8Array.from({ length: 10_000 }, (_, row) => (row % 7 < 3 || row > 9000 ? 2 : 0))
    const table = await writeSplit(context, rows, parts)
    const choices = [
      { rows: 'test' },
      { rows: 'test', chunkRows: 999 },
      { rows: 'all', chunkRows: 20_000 },
    ] as const
    const inMemory = await Promise.all(choices.map((choice) => all(table, choice)))
    dropResident()
    expect(inMemory).toEqual(await Promise.all(choices.map((choice) => all(table, choice))))
  })

  test('are not to be changed by who reads them', async () => {
    const table = await write(odd)
    const [first] = await all(table, { rows: 'all' })
    ;(first!.columns['n'] as Float64Array).fill(7)
    ;(first!.columns['t'] as string[])[0] = 'other'
    const [again] = await all(table, { rows: 'all' })
    expect(again!.columns['n']![4]).toBeCloseTo(4 / 7)
    expect(again!.columns['t']![0]).toBe('')
  })

  test('are no more than there is room for; the oldest make room', async () => {
    const resident = { bytes: 60, parts: [1], columns: new Map([['n', [Float64Array.of(1)]]]) }
    keepResident('first', resident, { most: 100 })
    keepResident('small', { ...resident, bytes: 10 }, { most: 100 })
    expect(residentColumns('first', [columns[0]!])).not.toBeNull()
    keepResident('second', resident, { most: 100 })
    expect(residentColumns('small', [columns[0]!])).toBeNull()
    expect(residentColumns('first', [columns[0]!])).toBeNull()
    expect(residentColumns('second', [columns[0]!])).not.toBeNull()
    expect(residentColumns('second', [columns[1]!])).toBeNull()
  })

  test('are not kept where they take more than a share of the memory', async () => {
    await context.dispose()
    context = await createTestContext({ memoryMb: 3 })
    expect(residentColumns((await write(odd)).rows.artifact, columns)).toBeNull()
    await context.dispose()
    context = await createTestContext({ memoryMb: 4 })
    expect(residentColumns((await write(odd)).rows.artifact, columns)).not.toBeNull()
  })

  test('leave out a column of ever new texts, which is read from the file', async () => {
    const startColumns = [columns[0]!, columns[3]!]
    const table = await write(
      `SELECT i::DOUBLE AS n, 'customer ' || i AS t FROM range(70000) t(i)`,
      startColumns,
    )
    expect(residentColumns(table.rows.artifact, [startColumns[0]!])).not.toBeNull()
    expect(residentColumns(table.rows.artifact, startColumns)).toBeNull()
    const texts: string[] = []
    for await (const chunk of readStartChunks(context, table, { columns: ['n', 't'], rows: 'all' }))
      texts.push(...(chunk.columns['t'] as string[]))
    expect(texts).toEqual(Array.from({ length: 70_000 }, (_, row) => `customer ${row}`))
  })

  test('stop being read when the step is cancelled', async () => {
    const table = await write(odd)
    const read = readStartChunks(context, table, { columns: names, rows: 'all' })[Symbol.asyncIterator]()
    await read.next()
    context.cancel()
    await expect(read.next()).rejects.toThrow('aborted')
  })
})

describe('texts as codes', () => {
  test('share a list until it is too long, and stay what they are', async () => {
    const startColumns = [columns[3]!]
    const table = await write(`SELECT 'text ' || i AS t FROM range(200000) t(i)`, startColumns)
    const parts = Uint8Array.from({ length: 200_000 }, (_, row) => (row % 3 === 0 ? 2 : 0))
    const split = await writeSplit(context, table, parts)
    const lists = new Set<readonly string[]>()
    const texts: string[] = []
    const chunks: AsyncIterable<StreamedCodes> = readCodedChunks(context, split, {
      columns: ['t'],
      rows: 'train',
    })
    for await (const chunk of chunks) {
      const column = chunk.columns['t'] as CodedTexts
      lists.add(column.texts)
      expect(column.texts.length).toBeLessThan(65_536 + 10_000)
      texts.push(...textsOf(column))
    }
    const expected = Array.from({ length: 200_000 }, (_, row) => row).filter((row) => row % 3 !== 0)
    expect(texts).toEqual(expected.map((row) => `text ${row}`))
    expect(lists.size).toBe(3)
  })

  test('take another list where they are long', async () => {
    const startColumns = [columns[3]!]
    const table = await write(`SELECT repeat('long ', 2000) || i AS t FROM range(6000) t(i)`, startColumns)
    expect(residentColumns(table.rows.artifact, startColumns)).toBeNull()
    const ends: string[] = []
    for await (const chunk of readCodedChunks(context, table, {
      columns: ['t'],
      rows: 'all',
      chunkRows: 500,
    })) {
      const column = chunk.columns['t'] as CodedTexts
      expect(column.texts.length).toBeLessThan(4000)
      ends.push(...textsOf(column).map((text) => text.slice(10_000)))
    }
    expect(ends).toEqual(Array.from({ length: 6000 }, (_, row) => String(row)))
  })
})
