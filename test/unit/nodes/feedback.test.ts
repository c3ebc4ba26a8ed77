import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { feedback } from '../../../nodes/ingestion/feedback/definition.ts'
import { run as readFeedback } from '../../../nodes/ingestion/feedback/run.ts'
import { predictions } from '../../../nodes/ingestion/predictions/definition.ts'
import { run as readPredictions } from '../../../nodes/ingestion/predictions/run.ts'
import { truthSql } from '../../../nodes/ingestion/feedback/truth-sql.ts'
import type { TableData } from '../../../src/core/artifacts.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { readSplit, readStartChunks } from '../../../src/tables/start-rows.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { writeSampleLogs, type SampleLogs } from '../../fixtures/sample-logs.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
let logs: SampleLogs
beforeAll(async () => {
  context = await createTestContext({ failures: feedback.failures })
  logs = await writeSampleLogs(context)
})
afterAll(() => context.dispose())

async function read(given: object, like?: Parameters<typeof exampleTable>[1]) {
  const before = context.logs.length
  const params = feedback.params.parse({ deployment: 'leaving', ...given })
  const inputs = { like: like && (await exampleTable(context, like)) }
  const { table } = await readFeedback(inputs, params, { ...context, predictionLogs: logs })
  const parts = await readSplit(context, table.data)
  return {
    ...table.data,
    values: await valuesOf(table.data),
    parts: parts && [...parts],
    said: context.logs.slice(before),
  }
}

async function valuesOf(table: TableData): Promise<Record<string, (number | string)[]>> {
  const columns = table.startColumns.map(({ name }) => name)
  const values: Record<string, (number | string)[]> = Object.fromEntries(columns.map((name) => [name, []]))
  for await (const chunk of readStartChunks(context, table, { columns, rows: 'all' }))
    for (const name of columns) values[name]!.push(...chunk.columns[name]!)
  return values
}

const dayMs = 86_400_000

describe('the feedback of a deployment', () => {
  it('comes as rows in the columns of the model, with what was said last as the truth', async () => {
    const { values, columns, parts, said } = await read({ holdOutShare: 0.25 })
    expect(columns.map(({ name, type, role }) => [name, type, role])).toEqual([
      ['tariff', 'text', 'feature'],
      ['months', 'integer', 'feature'],
      ['spend', 'number', 'feature'],
      ['autopay', 'boolean', 'feature'],
      ['churn', 'text', 'target'],
      ['prediction_id', 'text', 'ignore'],
      ['prediction_time', 'datetime', 'ignore'],
    ])
    expect(values).toEqual({
      tariff: ['basic', 'plus', 'family', '', 'plus', 'family', 'basic', 'plus'],
      months: [0, 3, 6, 9, 12, 15, 18, 21],
      spend: [20, 20.5, 21, 21.5, 22, Number.NaN, 23, 23.5],
      autopay: [0, 1, 0, 1, 0, 1, 0, 1],
      churn: ['yes', 'no', 'yes', 'yes', 'yes', 'yes', 'no', 'yes'],
      prediction_id: logs.ids.slice(0, 8),
      prediction_time: Array.from({ length: 8 }, (_, row) => Date.UTC(2026, 2, 1 + row * 2, 9)),
    })
    expect(parts).toEqual([0, 0, 0, 0, 0, 0, 2, 2])
    expect(said.map(({ values: counts }) => counts)).toEqual([
      { rows: 8 },
      { left: 1, untold: 0, fallback: 1, unlogged: 0 },
    ])
  })

  it('takes the columns of the training table, and fills its weights by age', async () => {
    const { values, columns, startColumns } = await read(
      { weights: 'age', halfLifeDays: 2, idColumn: '', timeColumn: '', holdOut: 'none' },
      {
        csv: 'customer,spend,months,importance,left\nC1,20,3,1,true\n',
        roles: { customer: 'id', importance: 'weight', left: 'target' },
        split: ['train'],
      },
    )
    expect(columns.map(({ name, role }) => [name, role])).toEqual([
      ['customer', 'id'],
      ['spend', 'feature'],
      ['months', 'feature'],
      ['importance', 'weight'],
      ['left', 'target'],
    ])
    expect(startColumns.map(({ type }) => type)).toEqual(['text', 'integer', 'integer', 'number', 'boolean'])
    // “yes” and “no” are no truth values here.
    expect(values['left']).toEqual([])
  })

  it('lets what is older weigh less, and what is not weighed by age as much as a training row', async () => {
    const weights = await read({ weights: 'age', halfLifeDays: 2 })
    expect(weights.values['weight']).toEqual(Array.from({ length: 8 }, (_, row) => 0.5 ** (7 - row)))
    expect(weights.columns.find(({ name }) => name === 'weight')?.role).toBe('weight')
    const like = {
      csv: 'months,importance,churn\n3,0.5,yes\n',
      roles: { importance: 'weight', churn: 'target' },
      split: ['train'] as const,
    }
    expect((await read({}, like)).values['importance']).toEqual(Array.from({ length: 8 }, () => 1))
  })

  it('keeps the newest rows, or those of the last days before the newest that was spoken of', async () => {
    const newest = await read({ window: 'rows', rows: 3, holdOut: 'rows', holdOutRows: 2 })
    expect(newest.values['months']).toEqual([15, 18, 21])
    expect(newest.parts).toEqual([0, 2, 2])
    // The newest is the answer of the fallback, of the 23rd of March.
    const days = await read({ window: 'days', days: 10, holdOut: 'unsplit' })
    expect(days.values['prediction_time']).toEqual(
      [6, 7].map((row) => Date.UTC(2026, 2, 1, 9) + row * 2 * dayMs),
    )
    expect(days.split).toBeNull()
  })

  it('is a table without rows where nothing was said, or there is no deployment yet', async () => {
    const silent = await createTestContext({ failures: feedback.failures })
    const predictionLogs = await writeSampleLogs(silent, [])
    const params = feedback.params.parse({ deployment: 'leaving' })
    const { table } = await readFeedback({ like: undefined }, params, { ...silent, predictionLogs })
    expect(table.data).toMatchObject({
      rows: { count: 0 },
      columns: expect.arrayContaining([expect.objectContaining({ name: 'churn', role: 'target' })]),
      split: { counts: { train: 0, test: 0 } },
    })
    await silent.dispose()
    const like = { csv: 'a,b\n1,2\n', roles: { b: 'target' }, split: ['train'] as const }
    expect(await read({ deployment: 'nowhere', holdOut: 'none' }, like)).toMatchObject({
      values: { a: [], b: [], prediction_id: [], prediction_time: [] },
      parts: [],
    })
  })
})

describe('the truth', () => {
  it('follows from right and wrong of two classes alone, and is a value of the target or none', async () => {
    const database = await openDuckDb(context)
    const truths = async (type: Parameters<typeof truthSql>[0], classes: string[], said: string) => {
      const sql = `SELECT ${truthSql(type, classes)} AS truth FROM (VALUES ${said}) t(label, answer, is_right)`
      return (await database.rows<{ truth: string | number | boolean | null }>(sql)).map(({ truth }) =>
        typeof truth === 'bigint' ? Number(truth) : truth,
      )
    }
    const judged = `(NULL, 'a', 1), (NULL, 'a', 0), (NULL, 'b', 0), (NULL, 'b', NULL), ('b', 'a', 1), (NULL, 'z', 0)`
    expect(await truths('text', ['a', 'b'], judged)).toEqual(['a', 'b', 'a', null, 'b', null])
    expect(await truths('text', ['a', 'b', 'c'], judged)).toEqual([null, null, null, null, 'b', null])
    const labels = `('1', '', NULL), ('2.5', '', NULL), ('true', '', NULL), ('FALSE', '', NULL), ('inf', '', NULL)`
    expect(await truths('number', [], labels)).toEqual([1, 2.5, null, null, null])
    expect(await truths('integer', ['1', '2'], labels)).toEqual([1, null, null, null, null])
    expect(await truths('boolean', ['false', 'true'], labels)).toEqual([true, null, true, false, null])
    database.close()
  })
})

describe('what a deployment has answered', () => {
  it('comes as a table, with the probability of the positive class, and says who answered', async () => {
    const params = predictions.params.parse({ deployment: 'leaving', window: 'rows', rows: 2 })
    const { table } = await readPredictions({}, params, { ...context, predictionLogs: logs })
    expect(await valuesOf(table.data)).toEqual({
      tariff: ['plus', 'family'],
      months: [30, 33],
      spend: [25, 25.5],
      autopay: [0, 1],
      prediction: ['yes', 'no'],
      probability: [1 - 10 / 16, Number.NaN],
      model_version: ['leaving:1', ''],
      is_fallback: [0, 1],
      latency_ms: [expect.closeTo(2, 5), expect.closeTo(2, 5)],
      prediction_id: logs.ids.slice(10),
      prediction_time: [10, 11].map((row) => Date.UTC(2026, 2, 1, 9) + row * 2 * dayMs),
    })
  })

  it('reaches back from the newest answer', async () => {
    const params = predictions.params.parse({ deployment: 'leaving', window: 'days', days: 3, idColumn: '' })
    const { table } = await readPredictions({}, params, { ...context, predictionLogs: logs })
    expect((await valuesOf(table.data))['months']).toEqual([30, 33])
  })
})
