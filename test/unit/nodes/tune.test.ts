import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { splitNumbers } from '../../../nodes/example-tables.ts'
import { tune } from '../../../nodes/training/tune/definition.ts'
import { run as tuneParameters } from '../../../nodes/training/tune/run.ts'
import { tuningSchema } from '../../../renderer/results/reports/report-contents.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ failures: tune.failures })
})
afterAll(() => context.dispose())

interface Content {
  direction: string
  best: { trial: string; parameters: Record<string, number>; value: number }
  trials: {
    trial: string
    parameters: Record<string, number>
    resource?: number
    value?: number
    failed?: string
  }[]
}

/** The score of a trial is the sum of its numbers: the sub-pipeline is a stub. */
async function tuned(given: Record<string, unknown>) {
  const params = tune.params.parse({
    subpipeline: 'train',
    metric: 'score',
    space: [
      { type: 'number', parameter: 'rate', low: 0.01, high: 1, scale: 'log' },
      { type: 'integer', parameter: 'leaves', low: 2, high: 50 },
    ],
    ...given,
  })
  const table = await exampleTable(context, splitNumbers)
  const { model, report } = await tuneParameters({ table }, params, context)
  // What the app draws.
  expect(tuningSchema.safeParse(report.data.content).error).toBeUndefined()
  return { model, metrics: report.data.metrics, content: report.data.content as unknown as Content }
}

describe('tuning', () => {
  it.each(['tpe', 'random'])('gives the model of the best of all trials, by %s', async (method) => {
    const { model, metrics, content } = await tuned({ method, trials: 25 })
    const values = content.trials.map(({ value }) => value!)
    expect(values).toHaveLength(25)
    expect(content.best.value).toBe(Math.max(...values))
    expect(metrics).toMatchObject({
      best_score: content.best.value,
      best_leaves: content.best.parameters['leaves'],
      trials: 25,
      failed_trials: 0,
    })
    expect(model.data.learner.params).toEqual({ score: content.best.value })
  })

  it('minimizes what is a loss, or what it is told to', async () => {
    const { content } = await tuned({ direction: 'minimize', trials: 15 })
    expect(content.best.value).toBe(Math.min(...content.trials.map(({ value }) => value!)))
  })

  it('lets the best third of the trials go on with three times the resource', async () => {
    const { content } = await tuned({
      method: 'halving',
      trials: 9,
      resource: { parameter: 'trees', least: 100, most: 900, factor: 3 },
    })
    expect(content.trials.map(({ resource }) => resource)).toEqual([
      ...Array.from({ length: 9 }, () => 100),
      ...Array.from({ length: 3 }, () => 300),
      900,
    ])
    const [first, second] = [content.trials.slice(0, 9), content.trials.slice(9, 12)]
    const best = first.toSorted((a, b) => b.value! - a.value!).slice(0, 3)
    expect(second.map(({ parameters }) => parameters)).toEqual(best.map(({ parameters }) => parameters))
    expect(content.best.trial).toMatch(/ with 900$/)
  })

  it('leaves out trials that fail, and names them', async () => {
    const { metrics, content } = await tuned({
      trials: 8,
      method: 'random',
      space: [
        { type: 'choice', parameter: 'fail', values: [true, false] },
        { type: 'integer', parameter: 'leaves', low: 2, high: 50 },
      ],
    })
    const failed = content.trials.filter((trial) => trial.failed !== undefined)
    expect(failed.length).toBeGreaterThan(0)
    expect(failed[0]!.failed).toBe('It was told to.')
    expect(metrics['failed_trials']).toBe(failed.length)
    expect(context.logs.at(-1)).toMatchObject({ level: 'warning' })
  })
})
