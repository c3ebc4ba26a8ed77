import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
  const database = await openDuckDb(context, { files: [path] })
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
