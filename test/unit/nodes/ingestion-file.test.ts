import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ingestionFile } from '../../../nodes/ingestion/file/definition.ts'
import { probe, run } from '../../../nodes/ingestion/file/run.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext({ failures: ingestionFile.failures })
})
afterEach(() => context.dispose())

const paramsFor = async (text: string, given = {}) => {
  await writeFile(join(context.folder, 'table.csv'), text)
  return ingestionFile.params.parse({ path: 'table.csv', ...given })
}

describe('looking at a file', () => {
  it('says that it has no rows where there is a header alone, as reading it does', async () => {
    const params = await paramsFor('age,income\n')
    await expect(probe(params, context, {})).rejects.toThrow('“table.csv” has a header, but no rows')
    await expect(run({}, params, context)).rejects.toThrow('“table.csv” has a header, but no rows')
  })

  it('takes a header alone where the types of all columns are given', async () => {
    const params = await paramsFor('age,born\n', {
      types: { age: 'integer' },
      formats: { born: 'DD.MM.YYYY' },
    })
    const { table } = await probe(params, context, {})
    expect(table).toMatchObject({ known: true, columns: [{ type: 'integer' }, { type: 'date' }] })
    expect((await run({}, params, context)).rejects.kind).toBe('table')
  })

  it('tells the columns where there is a row', async () => {
    const { table } = await probe(await paramsFor('age,income\n1,2.5\n'), context, {})
    expect(table).toMatchObject({ known: true, columns: [{ type: 'integer' }, { type: 'number' }] })
  })
})

describe('reading a file', () => {
  it('names the column of the first rejected row', async () => {
    const rows = Array.from({ length: 30 }, (_, row) => (row === 7 ? 'oops' : row))
    const params = await paramsFor(`n\n${rows.join('\n')}\n`, { types: { n: 'integer' }, delimiter: ',' })
    await run({}, params, context)
    expect(context.logs).toMatchObject([
      { level: 'warning', values: { count: 1, line: 9, reason: '“oops” in column “n” is no whole number.' } },
    ])
  })

  it('fails where too many rows do not fit the given date format', async () => {
    const text = 'day,n\n03-04-2011,1\n13-04-2011,2\n04-05-2011,3\n'
    const given = { types: { day: 'date' }, formats: { day: 'MM-DD-YYYY' } }
    await expect(run({}, await paramsFor(text, given), context)).rejects.toThrow(
      /1 of 3 rows .* line 3: “13-04-2011” in column “day”/,
    )
  })
})
