import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteName, quoteText, quoteTexts } from '../../../src/tables/quote.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
let database: DuckDb
beforeEach(async () => {
  context = await createTestContext({ memoryMb: 300 })
  database = await openDuckDb(context)
})
afterEach(async () => {
  database.close()
  await context.dispose()
})

const anyText = fc
  .string({ unit: 'binary', maxLength: 30 })
  .filter((text) => !text.includes('\0') && text.isWellFormed() && !text.startsWith('\ufeff'))

describe('quoting', () => {
  test('brings any text through a literal', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (text, other) => {
        const [row] = await database.rows<{ text: string; list: string[] }>(
          `SELECT ${quoteText(text)} AS text, ${quoteTexts([text, other])} AS list`,
        )
        expect(row).toEqual({ text, list: [text, other] })
      }),
    )
  })

  test('makes any text a name', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyText.filter((text) => text !== ''),
        async (name) => {
          const rows = await database.rows(`SELECT ${quoteName(name)} FROM (SELECT 7 AS ${quoteName(name)})`)
          expect(Object.entries(rows[0]!)).toEqual([[name, 7]])
        },
      ),
      { examples: [['__proto__'], ['constructor'], [' ']] },
    )
  })

  test('refuses NUL, at which a statement would end', () => {
    expect(() => quoteText('a\0b')).toThrow(TypeError)
    expect(() => quoteName('a\0b')).toThrow(TypeError)
  })
})

describe('a database', () => {
  test('has JSON and Parquet built in, for no extension can be loaded', async () => {
    const file = join(context.workFolder, 'built-in.parquet')
    await database.run(`COPY (SELECT '{"a": 7}'::JSON AS j) TO '${file}' (FORMAT parquet)`)
    expect(await database.rows(`SELECT (j->>'$.a')::INTEGER AS a FROM read_parquet('${file}')`)).toEqual([
      { a: 7 },
    ])
  })

  test.each([
    ['read another file', (file: string) => `SELECT * FROM read_csv('${file}')`],
    ['write another file', (file: string) => `COPY (SELECT 1) TO '${file}'`],
    ['list a folder', (file: string) => `SELECT * FROM glob('${file}*')`],
    ['attach a database', (file: string) => `ATTACH '${file}.db'`],
    ['install an extension', () => 'INSTALL spatial'],
    ['load an extension', () => 'LOAD spatial'],
    ['allow itself more', () => `SET allowed_directories = ['/']`],
    ['unlock itself', () => 'SET lock_configuration = false'],
    ['reach the network', () => `SELECT * FROM read_csv('https://example.com/a.csv')`],
    ['read the environment', () => `SELECT getenv('HOME')`],
  ])('cannot %s', async (_, statement) => {
    const file = join(context.folder, 'outside.csv')
    await writeFile(file, 'a,b\n1,2\n')
    await expect(database.run(statement(file))).rejects.toThrow(
      /Permission|Cannot|disabled|locked|not found|Catalog/i,
    )
  })

  test('can read what it was opened for', async () => {
    const file = join(context.folder, 'inside.csv')
    await writeFile(file, 'a,b\n1,2\n')
    for (const allowed of [{ files: [file] }, { folders: [context.folder] }]) {
      const other = await openDuckDb(context, allowed)
      expect(await other.rows(`SELECT a + b AS sum FROM read_csv('${file}')`)).toEqual([{ sum: 3n }])
      other.close()
    }
  })

  test('spills to the scratch folder when memory does not do', async () => {
    await database.run(
      'CREATE TABLE big AS SELECT hash(i) a, hash(i + 1) b, hash(i + 2) c FROM range(8000000) t(i)',
    )
    const [row] = await database.rows('SELECT count(*)::INTEGER AS count FROM (SELECT DISTINCT a FROM big)')
    expect(row).toEqual({ count: 8_000_000 })
  })

  test('says so where memory ends', async () => {
    const statement = `SELECT list(i || 'some text that takes memory') FROM range(20000000) t(i)`
    await expect(database.run(statement)).rejects.toMatchObject({ code: 'table.out-of-memory' })
  })

  test('stops when the step is cancelled', async () => {
    const work = database.run(
      'SELECT count(*) FROM range(100000000) a, range(1000) b WHERE (a.range * b.range) % 7 = 3',
    )
    setTimeout(() => context.cancel(), 100)
    await expect(work).rejects.toMatchObject({ name: 'AbortError' })
  })
})
