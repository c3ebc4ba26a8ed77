import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Artifact, StartColumn, TableData } from '../../../src/core/artifacts.ts'
import type { ChunkToStore } from '../../../src/tables/append-chunk.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { decodeStruct, encodeStruct } from '../../../src/tables/parquet/compact-thrift.ts'
import { residentColumns } from '../../../src/tables/resident-rows.ts'
import { rowsFolder, rowsRelation } from '../../../src/tables/rows-relation.ts'
import { keptColumns, writeAddedColumns } from '../../../src/tables/write-added-columns.ts'
import { writeRows } from '../../../src/tables/write-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

const rows = 130_000
const startColumns: StartColumn[] = [
  { name: 'row', type: 'integer', source: 'made' },
  { name: 'share', type: 'number', source: 'made' },
  { name: 'née', type: 'text', source: 'made' },
  { name: 'long', type: 'text', source: 'made' },
  { name: 'day', type: 'date', source: 'made' },
  { name: 'isOdd', type: 'boolean', source: 'made' },
  ...Array.from({ length: 30 }, (_, at) => ({ name: `x${at}`, type: 'number', source: 'made' }) as const),
]
const added = [
  { name: 'answer', type: 'text' },
  { name: 'probability', type: 'number' },
  { name: 'at', type: 'datetime' },
] as const

let context: TestContext
let database: DuckDb
let table: TableData
beforeAll(async () => {
  context = await createTestContext()
  const making = await openDuckDb(context)
  const others = Array.from({ length: 30 }, (_, at) => `(i * ${at}) % 97 / 3 AS x${at}`)
  const from = `SELECT i AS "row", CASE WHEN i % 7 > 0 THEN i / 7 END AS share, 'plan ' || i % 9 AS "née",
    CASE WHEN i % 5 > 0 THEN 'a text of its own ' || i END AS "long", DATE '2020-01-01' + (i % 999)::INTEGER AS "day",
    i % 2 = 1 AS "isOdd", ${others.join(', ')} FROM range(${rows}) AS t(i)`
  table = newTable(await writeRows(context, { database: making, from, startColumns }), startColumns)
  making.close()
  database = await openDuckDb(context, {
    folders: [rowsFolder(context, table), join(context.folder, 'staging')],
  })
})
afterAll(async () => {
  database.close()
  await context.dispose()
})

async function* answers(): AsyncIterable<ChunkToStore> {
  for (let first = 0; first < rows; first += 4096) {
    const count = Math.min(4096, rows - first)
    const numbers = (of: (row: number) => number) =>
      Float64Array.from({ length: count }, (_, row) => of(first + row))
    yield await Promise.resolve({
      rows: count,
      columns: {
        answer: Array.from({ length: count }, (_, row) =>
          (first + row) % 4 ? `is ${(first + row) % 3}` : '',
        ),
        probability: numbers((row) => (row % 11 ? row / rows : -0)),
        at: numbers((row) => (row % 13 ? row * 1000 : NaN)),
      },
    })
  }
}

/** What `writeRows` stores of the same. */
async function writtenAnew(names: readonly string[]): Promise<Artifact<'rows'>> {
  const kept = names.map((name) => `"${name}"`).join(', ')
  const from = `SELECT ${kept}, CASE WHEN i % 4 > 0 THEN 'is ' || i % 3 END AS answer,
    CASE WHEN i % 11 > 0 THEN i / ${rows} ELSE 0 END AS probability,
    CASE WHEN i % 13 > 0 THEN epoch_ms(i * 1000) END AS "at"
    FROM ${rowsRelation(context, table)} POSITIONAL JOIN range(${rows}) AS t(i)`
  const own = await openDuckDb(context, { folders: [rowsFolder(context, table)] })
  const columns = names.map((name) => startColumns.find((column) => column.name === name)!)
  const written = await writeRows(context, { database: own, from, startColumns: [...columns, ...added] })
  own.close()
  return written
}

describe('columns that are added to stored rows', () => {
  it.each([[startColumns.map(({ name }) => name)], [['isOdd', 'née']]])(
    'give the rows that would be written anew: %#',
    async (names) => {
      const kept = (await keptColumns(context, table, names))!
      const joined = await writeAddedColumns(context, kept, { columns: added, chunks: answers() })
      const anew = await writtenAnew(names)
      expect(joined.hash).toBe(anew.hash)
      expect(joined.data).toEqual(anew.data)
      const inMemory = residentColumns(joined.hash, [{ name: 'née', type: 'text' }, added[0]])
      expect(inMemory).not.toBeNull()
    },
  )

  it('are read as others are, by parts and by value', async () => {
    const other = await createTestContext()
    const names = ['row', 'long', 'x3']
    const kept = (await keptColumns(context, table, names))!
    const { hash } = await writeAddedColumns({ ...context, artifacts: other.artifacts }, kept, {
      columns: added,
      chunks: answers(),
    })
    const file = join(other.artifacts.folder(hash), 'rows.parquet')
    const own = await openDuckDb(context, {
      folders: [other.artifacts.folder(hash), rowsFolder(context, table)],
    })
    const found = await own.rows(
      `SELECT count(*)::DOUBLE AS count, min(answer) AS answer FROM read_parquet('${file}') WHERE "row" >= 100000 AND answer = 'is 2'`,
    )
    expect(found).toEqual([{ count: 7500, answer: 'is 2' }])
    const different = `(SELECT "row", "long", x3 FROM read_parquet('${file}')) EXCEPT ALL
      (SELECT "row", "long", x3 FROM ${rowsRelation(context, table)})`
    expect(await own.rows(`SELECT count(*)::DOUBLE AS count FROM (${different})`)).toEqual([{ count: 0 }])
    own.close()
    await other.dispose()
  })

  it('are refused where a name is taken, and where there are too few rows', async () => {
    const kept = (await keptColumns(context, table, ['row']))!
    const chunks = answers()
    await expect(
      writeAddedColumns(context, kept, { columns: [{ name: 'ROW', type: 'text' }], chunks }),
    ).rejects.toThrow('ROW')
    async function* few(): AsyncIterable<ChunkToStore> {
      for await (const chunk of answers()) if (chunk.columns['at']![1] !== 1000) yield chunk
    }
    await expect(writeAddedColumns(context, kept, { columns: added, chunks: few() })).rejects.toThrow(
      'row group',
    )
  })

  it('are written with all columns where the rows are few or unknown', async () => {
    expect(await keptColumns(context, { ...table, rows: { ...table.rows, count: 10 } }, ['row'])).toBeNull()
    expect(
      await keptColumns(context, { ...table, rows: { artifact: 'unknown', count: rows } }, ['row']),
    ).toBeNull()
    expect(await keptColumns(context, table, [])).toBeNull()
    expect(await keptColumns(context, table, ['gone'])).toBeNull()
  })
})

describe('the end of a Parquet file', () => {
  it('is written as it was read', async () => {
    const bytes = await readFile(join(rowsFolder(context, table), 'rows.parquet'))
    const length = bytes.readUInt32LE(bytes.length - 8)
    const footer = new Uint8Array(bytes.subarray(bytes.length - 8 - length, bytes.length - 8))
    expect(Buffer.compare(encodeStruct(decodeStruct(footer)), footer)).toBe(0)
  })

  it('keeps numbers of any size and sign', () => {
    const numbers = [0, -1, 1, 63, -64, 64, 2 ** 31, -(2 ** 40), 2 ** 51]
    const fields = new Map(numbers.map((number, id) => [40 * (id + 1), { type: 6, number } as const]))
    expect(decodeStruct(encodeStruct(fields))).toEqual(fields)
  })
})
