import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Artifact, StartColumn } from '../../../src/core/artifacts.ts'
import { writeFile } from '../../../nodes/serving/write-file/definition.ts'
import { run } from '../../../nodes/serving/write-file/run.ts'
import { sha256OfFile } from '../../../src/files/sha256.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { writeRows, writeTableArtifact } from '../../../src/tables/write-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
let table: Artifact<'table'>
beforeAll(async () => {
  context = await createTestContext()
  table = await manyRows()
})
afterAll(() => context.dispose())

const rows = 140_000
const startColumns: StartColumn[] = [
  { name: 'row', type: 'integer', source: 'made' },
  { name: 'share', type: 'number', source: 'made' },
  { name: 'said, maybe', type: 'text', source: 'made' },
]

async function manyRows(): Promise<Artifact<'table'>> {
  const database = await openDuckDb(context)
  const from = `SELECT i AS "row", CASE WHEN i % 7 > 0 THEN i / 7 END AS share,
    CASE i % 3 WHEN 0 THEN 'a, "b"' WHEN 1 THEN 'line' || chr(10) || i END AS "said, maybe" FROM range(${rows}) AS t(i)`
  const stored = await writeRows(context, { database, from, startColumns })
  database.close()
  return writeTableArtifact(context, newTable(stored, startColumns))
}

describe('writing many rows', () => {
  it.each(['csv', 'jsonl'])('gives the same %s in slices as at once', async (ending) => {
    for (const threads of [1, 2, 3]) {
      const params = writeFile.params.parse({ path: `${threads}.${ending}`, nullValue: 'none' })
      await run({ table }, params, { ...context, threads })
    }
    const files = await Promise.all(
      [1, 2, 3].map((threads) => sha256OfFile(join(context.folder, `${threads}.${ending}`))),
    )
    expect(files[1]).toEqual(files[0])
    expect(files[2]).toEqual(files[0])
    expect(context.effects.slice(-3).map((effect) => effect.kind === 'file' && effect.sha256)).toEqual(
      files.map(({ sha256 }) => sha256),
    )
  })

  it('begins with the names once', async () => {
    await run({ table }, writeFile.params.parse({ path: 'all.csv', columns: ['row'] }), context)
    const lines = (await readFile(join(context.folder, 'all.csv'), 'utf8')).split('\n')
    expect([lines[0], lines[1], lines[rows], lines[rows + 1]]).toEqual(['row', '0', `${rows - 1}`, ''])
  })

  it('leaves nothing behind when it fails', async () => {
    const [first] = table.data.columns
    const failing = { ...table, data: { ...table.data, columns: [{ ...first!, name: 'gone' }] } }
    await expect(run({ table: failing }, writeFile.params.parse({ path: 'x.csv' }), context)).rejects.toThrow(
      'gone',
    )
    await expect(readFile(join(context.folder, 'x.csv'))).rejects.toThrow('ENOENT')
  })
})
