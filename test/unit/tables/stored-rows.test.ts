import { afterEach, describe, expect, test } from 'vitest'
import type { StartColumn } from '../../../src/core/artifacts.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { readSplit, readStartChunks } from '../../../src/tables/start-rows.ts'
import { writeRows, writeTableArtifact } from '../../../src/tables/write-table.ts'
import { writeSplit } from '../../../src/tables/write-split.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

const contexts: TestContext[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.dispose()
})

async function testContext(options: Parameters<typeof createTestContext>[0] = {}): Promise<TestContext> {
  const context = await createTestContext(options)
  contexts.push(context)
  return context
}

const columns: StartColumn[] = [
  { name: 'n', type: 'number', source: 'file' },
  { name: 'i', type: 'integer', source: 'file' },
  { name: 'b', type: 'boolean', source: 'file' },
  { name: 't', type: 'text', source: 'file' },
  { name: 'd', type: 'date', source: 'file' },
  { name: 's', type: 'datetime', source: 'file' },
]

async function write(context: TestContext, from: string) {
  const database = await openDuckDb(context)
  try {
    return newTable(await writeRows(context, { database, from, startColumns: columns }), columns)
  } finally {
    database.close()
  }
}

const everyType = `SELECT
  CASE WHEN i % 5 = 0 THEN NULL ELSE i / 3 END AS n,
  CASE WHEN i % 7 = 0 THEN NULL ELSE i END AS i,
  CASE WHEN i % 3 = 0 THEN NULL ELSE i % 2 = 0 END AS b,
  CASE WHEN i % 11 = 0 THEN NULL WHEN i % 2 = 0 THEN 'kurz' || i % 10 ELSE 'ein längerer Text ' || i % 100 END AS t,
  CASE WHEN i % 13 = 0 THEN NULL ELSE DATE '2020-01-01' + (i % 1000)::INTEGER END AS d,
  CASE WHEN i % 17 = 0 THEN NULL ELSE TIMESTAMP '2020-01-01 00:00:00.123' + INTERVAL (i) SECOND END AS s
  FROM range(10000) t(i)`

describe('stored rows', () => {
  test('come back in chunks of 4 096 as a model sees them', async () => {
    const context = await testContext()
    const table = await write(context, everyType)
    const rows: number[] = []
    let row = 0
    for await (const chunk of readStartChunks(context, table, {
      columns: ['n', 'i', 'b', 't', 'd', 's'],
      rows: 'all',
    })) {
      expect(chunk.firstRow).toBe(row)
      rows.push(chunk.rows)
      for (let index = 0; index < chunk.rows; index++, row++) {
        const found = ['n', 'i', 'b', 't', 'd', 's'].map((name) => chunk.columns[name]![index])
        expect(found).toEqual([
          row % 5 === 0 ? NaN : row / 3,
          row % 7 === 0 ? NaN : row,
          row % 3 === 0 ? NaN : Number(row % 2 === 0),
          row % 11 === 0 ? '' : row % 2 === 0 ? `kurz${row % 10}` : `ein längerer Text ${row % 100}`,
          row % 13 === 0 ? NaN : Date.UTC(2020, 0, 1) + (row % 1000) * 86_400_000,
          row % 17 === 0 ? NaN : Date.UTC(2020, 0, 1) + 123 + row * 1000,
        ])
      }
    }
    expect(rows).toEqual([4096, 4096, 1808])
  })

  test('of one part come without the others', async () => {
    const context = await testContext()
    const table = await write(context, everyType)
    const split = await writeSplit(
      context,
      table,
      Uint8Array.from({ length: 10_000 }, (_, row) => row % 3),
    )
    expect(split.split?.counts).toEqual({ train: 3334, validation: 3333, test: 3333 })
    expect((await readSplit(context, split))?.subarray(0, 4)).toEqual(Buffer.from([0, 1, 2, 0]))
    const seen: number[] = []
    for await (const chunk of readStartChunks(context, split, {
      columns: ['i'],
      rows: 'test',
      chunkRows: 1000,
    })) {
      seen.push(...(chunk.columns['i'] as Float64Array))
    }
    expect(seen).toEqual(
      Array.from({ length: 3333 }, (_, index) => index * 3 + 2).map((row) => (row % 7 === 0 ? NaN : row)),
    )
  })

  test('have one hash whatever the threads and the route', async () => {
    const one = await testContext({ threads: 1 })
    const two = await testContext({ threads: 2 })
    const hashes = [
      await write(one, everyType),
      await write(two, everyType),
      await write(
        two,
        `SELECT * FROM (${everyType}) WHERE i IS NULL OR i >= -1 UNION ALL (${everyType} LIMIT 0)`,
      ),
    ].map((table) => table.rows.artifact)
    expect(new Set(hashes).size).toBe(1)
    const artifact = await writeTableArtifact(one, await write(one, everyType))
    expect(artifact.refs).toEqual([hashes[0]])
  })
})
