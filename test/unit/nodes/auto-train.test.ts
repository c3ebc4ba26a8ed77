import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { leaderboardSchema } from '../../../renderer/results/reports/report-contents.ts'
import { splitCustomers, splitNumbers } from '../../../nodes/example-tables.ts'
import { encode } from '../../../nodes/features/encode/definition.ts'
import { run as encodeColumns } from '../../../nodes/features/encode/run.ts'
import { autoTrain } from '../../../nodes/training/auto-train/definition.ts'
import { run as trainMany } from '../../../nodes/training/auto-train/run.ts'
import { evaluate } from '../../../nodes/training/evaluate/definition.ts'
import { run as evaluateModels } from '../../../nodes/training/evaluate/run.ts'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ failures: autoTrain.failures, feeds: { models: ['auto'] } })
})
afterAll(() => context.dispose())

interface Content {
  metric: string
  value: number
  leaderboard: { name: string; value: number; weight: number }[]
  failed: { name: string; problem: string }[]
  leftOut: string[]
}

async function trained(table: Artifact<'table'>, given: Record<string, unknown>) {
  const { model, report } = await trainMany({ table }, autoTrain.params.parse(given), context)
  // What the app draws.
  expect(leaderboardSchema.safeParse(report.data.content).error).toBeUndefined()
  return { model, content: report.data.content as unknown as Content }
}

async function validationLogLoss(model: Artifact<'model'>, table: Artifact<'table'>): Promise<number> {
  const params = evaluate.params.parse({ rows: 'validation', resamples: 0 })
  const { report } = await evaluateModels({ models: [model], table }, params, context)
  return report.data.metrics['log_loss']!
}

describe('training the best of many', () => {
  it('ranks by the validation rows, and its one graph is as good as it says', async () => {
    const table = await exampleTable(context, splitNumbers)
    const candidates = ['baseline', 'linear', 'trees', 'extra-trees']
    const { model, content } = await trained(table, { candidates })
    const values = content.leaderboard.map(({ value }) => value)
    expect(content.metric).toBe('log_loss')
    expect(values).toEqual(values.toSorted((a, b) => a - b))
    expect(content.leaderboard.map(({ name }) => name).toSorted()).toEqual(candidates.toSorted())
    expect(content.leaderboard.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
    expect(content.value).toBeLessThanOrEqual(values[0]!)
    expect(await validationLogLoss(model, table)).toBeCloseTo(content.value, 5)
    expect(model.data.learner.type).toBe('blend')
  })

  it('gives the best one alone where no blend is wanted', async () => {
    const table = await exampleTable(context, splitNumbers)
    const { content } = await trained(table, {
      candidates: ['baseline', 'linear'],
      blend: false,
      metric: 'roc_auc',
    })
    expect(content.leaderboard.map(({ weight }) => weight)).toEqual([1, 0])
    expect(content.value).toBe(content.leaderboard[0]!.value)
    expect(content.leaderboard[0]!.value).toBeGreaterThan(content.leaderboard[1]!.value)
  })

  it('names those that cannot take the table, and goes on', async () => {
    const { table } = await encodeColumns(
      { table: await exampleTable(context, splitCustomers) },
      encode.params.parse({}),
      context,
    )
    const { content } = await trained(table, { candidates: ['linear', 'trees'] })
    expect(content.failed).toMatchObject([
      { name: 'linear', problem: expect.stringMatching(/“calls” has no value/) },
    ])
    expect(content.leaderboard.map(({ name }) => name)).toEqual(['trees'])
  })

  it('trains the first that can take the table, and says what it left out, when there is no time for one', async () => {
    const { table } = await encodeColumns(
      { table: await exampleTable(context, splitCustomers) },
      encode.params.parse({}),
      context,
    )
    const candidates = ['linear', 'baseline', 'trees', 'extra-trees']
    const { model, content } = await trained(table, { candidates, budgetMinutes: 1e-9 })
    expect(content.failed.map(({ name }) => name)).toEqual(['linear'])
    expect(content.leaderboard.map(({ name }) => name)).toEqual(['baseline'])
    expect(content.leftOut).toEqual(['trees', 'extra-trees'])
    expect(context.logs.at(-1)).toMatchObject({ level: 'warning', values: { count: 2, total: 4 } })
    expect(await validationLogLoss(model, table)).toBeCloseTo(content.value, 5)
  })
})
