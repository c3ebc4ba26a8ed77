import { afterEach, beforeEach, expect, test } from 'vitest'
import { findRepeatedRows } from '../../../src/tables/find-repeated-rows.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
let database: DuckDb
beforeEach(async () => {
  context = await createTestContext()
  database = await openDuckDb(context)
})
afterEach(async () => {
  database.close()
  await context.dispose()
})

const from = `(SELECT i, i % 70000 AS a, (i // 70000)::VARCHAR AS b FROM range(100000) r(i)) AS t`
const search = { from, rows: 100_000, most: 100_000 }

test('rows whose values no other row has are not found', async () => {
  expect(await findRepeatedRows(database, { ...search, values: ['a', 'b'] })).toBe('none')
})

test('rows that are alike are all found, and few others', async () => {
  const found = await findRepeatedRows(database, { ...search, values: ['a'] })
  const { condition } = found as { condition: string }
  const [counted] = await database.rows<{ alike: number; others: number }>(
    `SELECT count(*) FILTER (a < 30000)::DOUBLE AS alike, count(*) FILTER (a >= 30000)::DOUBLE AS others
     FROM ${from} WHERE ${condition}`,
  )
  expect(counted!.alike).toBe(60_000)
  expect(counted!.others).toBeLessThan(10)
})

test('too many to be told one by one are said to be many', async () => {
  expect(await findRepeatedRows(database, { ...search, values: ['a'], most: 1000 })).toBe('many')
})
