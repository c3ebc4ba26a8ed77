import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { loadRows, type RowsToLoad } from '../../../src/tables/read-file/load-rows.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

async function load(change: Partial<RowsToLoad> = {}) {
  const path = join(context.folder, 'table.csv')
  await writeFile(path, 'n,t\n1,"a\r\nb"\nx,c\n3,\n')
  const rule = { trim: true, nullValues: [''] }
  const database = await openDuckDb(context, { files: [path, change.path ?? path] })
  const rows: RowsToLoad = {
    path,
    file: 'table.csv',
    rows: 3,
    lineEnd: '\n',
    spaces: ['none', 'none'],
    dialect: { delimiter: ',', quote: '"', escape: '"', header: true },
    hasNulls: false,
    inParallel: true,
    startColumns: [
      { name: 'n', type: 'integer', source: 'file', rule },
      { name: 't', type: 'text', source: 'file', rule },
    ],
    ...change,
  }
  try {
    return await loadRows(context, database, rows)
  } finally {
    database.close()
  }
}

test('rows load alike in parallel and one after the other', async () => {
  const parallel = await load()
  const single = await load({ inParallel: false })
  expect(single).toEqual(parallel)
  expect([...parallel.unreadableRows]).toEqual([1])
})

test('a text in which DuckDB finds another number of rows than we did is not believed', async () => {
  await expect(load({ rows: 4 })).rejects.toMatchObject({
    code: 'read.disagreement',
    values: { scanned: 4, loaded: 3 },
  })
})

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((value) => value.toFixed(6)),
  fc.integer().map(String),
  fc.constantFrom('', '007', '-0', '5.', '.5', '-.25', '0.1000', '123456789012345678', '9007199254740993'),
)
const whole = fc.oneof(
  fc.integer({ min: -1e14, max: 1e14 }).map(String),
  fc.constantFrom('', '007', '-0', '-00012'),
)

test('plain numbers become the same whether DuckDB or the rule converts them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(number, whole), { minLength: 1, maxLength: 40 }), async (rows) => {
      const path = join(context.folder, 'numbers.csv')
      await writeFile(path, ['n,w', ...rows.map((row) => row.join(','))].join('\n') + '\n')
      const rule = { trim: true, nullValues: [''] }
      const given: Partial<RowsToLoad> = {
        path,
        rows: rows.length,
        startColumns: [
          { name: 'n', type: 'number', source: 'file', rule },
          { name: 'w', type: 'integer', source: 'file', rule },
        ],
      }
      const byRule = await load(given)
      const converted = await load({ ...given, digits: ['numbers', 'whole'] })
      expect(converted.rows.hash).toBe(byRule.rows.hash)
    }),
    { numRuns: 30 },
  )
})

test('what all of a file says counts, not what its first rows say', async () => {
  const text = { rows: 3, lineEnd: '\n', spaces: ['none', 'ascii'] } as const
  await expect(load({ whole: Promise.resolve(text) })).rejects.toMatchObject({ code: 'read.disagreement' })
  await expect(load({ whole: Promise.resolve(null) })).rejects.toMatchObject({ code: 'read.disagreement' })
  const same = await load({ rows: 1, whole: Promise.resolve({ ...text, spaces: ['none', 'none'] }) })
  expect(same.rows.data.count).toBe(2)
})
