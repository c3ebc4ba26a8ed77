import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { measureSql, type Measure } from '../../../src/tables/measure-sql.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import type { Relation } from '../../../src/tables/relation.ts'
import type { TableData } from '../../../src/core/artifacts.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(() => context.dispose())

const columns = (['number', 'text', 'integer'] as const).map((type) => ({
  name: type,
  type,
  role: 'feature' as const,
  origin: 'start' as const,
}))
const relation: Relation = { view: 'input', table: {} as TableData, columns }

async function measured(database: DuckDb, measure: Omit<Measure, 'quantile'> & { quantile?: number }) {
  const sql = measureSql(relation, { quantile: 0.5, ...measure })
  const [row] = await database.rows<{ value: number | string | bigint | null }>(
    `SELECT ${sql} AS value FROM input`,
  )
  return row!.value
}

async function withRows<Result>(
  rows: string,
  threads: number,
  work: (database: DuckDb) => Promise<Result>,
): Promise<Result> {
  const database = await openDuckDb({ ...context, threads })
  await database.run(
    `CREATE TABLE input AS SELECT *, row_number() OVER () - 1 AS place FROM (${rows}) AS t(c0, c1, c2)`,
  )
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

const few = `VALUES (1.5::DOUBLE, 'b', 3), (NULL, 'a', 4), ('nan'::DOUBLE, '', NULL), (4, 'b', 4), (-2, 'c', 9),
  ('inf'::DOUBLE, 'c', 3)`

describe('measures', () => {
  it('say of a few rows what can be worked out by hand', async () => {
    const found = await withRows(few, 2, async (database) => ({
      rows: await measured(database, { function: 'count' }),
      values: await measured(database, { function: 'count', column: 'number' }),
      distinct: await measured(database, { function: 'distinct', column: 'text' }),
      sum: await measured(database, { function: 'sum', column: 'number' }),
      mean: await measured(database, { function: 'mean', column: 'number' }),
      stdev: await measured(database, { function: 'stdev', column: 'number' }),
      median: await measured(database, { function: 'median', column: 'integer' }),
      quantile: await measured(database, { function: 'quantile', column: 'number', quantile: 0.25 }),
      largest: await measured(database, { function: 'max', column: 'number' }),
      first: await measured(database, { function: 'first', column: 'text' }),
      last: await measured(database, { function: 'last', column: 'number' }),
      mode: await measured(database, { function: 'mode', column: 'text' }),
      modes: await measured(database, { function: 'modes', column: 'text' }),
      numbers: await measured(database, { function: 'modes', column: 'integer' }),
    }))
    expect(found).toEqual({
      rows: 6n,
      values: 4n,
      distinct: 3n,
      sum: 3.5,
      mean: 3.5 / 3,
      stdev: expect.closeTo(Math.sqrt(((1.5 - 7 / 6) ** 2 + (4 - 7 / 6) ** 2 + (-2 - 7 / 6) ** 2) / 2), 12),
      median: 4,
      quantile: -0.25,
      largest: Infinity,
      first: 'b',
      last: Infinity,
      mode: 'b',
      modes: 'b, c',
      numbers: '3, 4',
    })
  })

  it('are null of no values, and never fail', async () => {
    const functions = ['sum', 'mean', 'stdev', 'median', 'min', 'first', 'mode', 'modes'] as const
    const none = `SELECT NULL::DOUBLE, NULL::VARCHAR, NULL::BIGINT FROM range(3)`
    const found = await withRows(none, 2, (database) =>
      Promise.all(functions.map((each) => measured(database, { function: each, column: 'number' }))),
    )
    expect(found).toEqual(functions.map(() => null))
    const huge = `SELECT 1e308::DOUBLE * CASE WHEN i % 2 = 0 THEN 1 ELSE -0.5 END, '', 9223372036854775807 FROM range(8) AS r(i)`
    const beyond = await withRows(huge, 2, async (database) => [
      await measured(database, { function: 'stdev', column: 'number' }),
      await measured(database, { function: 'sum', column: 'integer' }),
    ])
    expect(beyond).toEqual([Infinity, expect.closeTo(8 * 2 ** 63, -10)])
  })

  it('add in the order of the rows', async () => {
    const rows = 200_000
    const value = (row: number) => Math.sin(row) * 10 ** (row % 17)
    const table = await writeValues(rows, value)
    const sums = new Map<string, number>()
    for (let row = 0; row < rows; row++)
      sums.set(String(row % 5003), (sums.get(String(row % 5003)) ?? 0) + value(row))
    const found = await withRows(table, 1, (database) =>
      database.rows<{ name: string; sum: number }>(
        `SELECT c1 AS name, ${measureSql(relation, { function: 'sum', column: 'number', quantile: 0.5 })} AS sum
         FROM input GROUP BY c1`,
      ),
    )
    const different = found.filter(({ name, sum }) => sums.get(name) !== sum)
    expect([found.length, different]).toEqual([5003, []])
  })
})

/** A query of values that were written with all their digits. */
async function writeValues(rows: number, value: (row: number) => number): Promise<string> {
  const file = join(context.workFolder, 'values.csv')
  const lines = Array.from({ length: rows }, (_, row) => `${value(row)},${row % 5003},${row}`)
  await writeFile(file, lines.join('\n'))
  return `SELECT * FROM read_csv('${file}', header = false, columns = {'a': 'DOUBLE', 'b': 'VARCHAR', 'c': 'BIGINT'})`
}
