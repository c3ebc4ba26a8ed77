import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { splitNumbers } from '../../../nodes/example-tables.ts'
import { evaluate } from '../../../nodes/training/evaluate/definition.ts'
import { run as evaluateModels } from '../../../nodes/training/evaluate/run.ts'
import { gradientBoostedTrees } from '../../../nodes/training/gradient-boosted-trees/definition.ts'
import { run as trainTrees } from '../../../nodes/training/gradient-boosted-trees/run.ts'
import { logisticRegression } from '../../../nodes/training/logistic-regression/definition.ts'
import { run as trainLogistic } from '../../../nodes/training/logistic-regression/run.ts'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { percentileIntervals, resamples } from '../../../src/learn/metrics/bootstrap.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ feeds: { models: ['trees', 'linear'] } })
})
afterAll(() => context.dispose())

interface Interval {
  low: number
  high: number
}
interface Evaluated {
  metrics: Record<string, { value: number }>
  intervals?: Record<string, Interval>
  slices?: { column: string; value: unknown; count: number; metrics: Record<string, number> }[]
  found?: { tested: number; worst: { column: string; value: unknown; adjustedPValue: number }[] }
  gain?: Record<string, number[]>
  thresholds?: Record<string, number[]>
  costs?: Record<'own' | 'cheapest', { threshold: number; cost: number }>
  residuals?: { largest: { row: number }[]; byPrediction: { count: number }[] }
}
interface Content {
  models: Evaluated[]
  differences?: {
    from: string
    to: string
    intervals?: Record<string, Interval>
    verdicts?: Record<string, string>
    mcNemar?: { pValue: number }
    deLong?: { difference: number }
  }[]
}

async function evaluated(given: Record<string, unknown>): Promise<Content> {
  const table = await exampleTable(context, splitNumbers)
  const trees = await trainTrees(
    { table },
    gradientBoostedTrees.params.parse({ trees: 10, minimumRowsInLeaf: 3 }),
    context,
  )
  const linear = await trainLogistic({ table }, logisticRegression.params.parse({}), context)
  const models: Artifact<'model'>[] = [trees.model, linear.model]
  const { report } = await evaluateModels({ models, table }, evaluate.params.parse(given), context)
  return report.data.content as unknown as Content
}

describe('the intervals of an evaluation', () => {
  it('are those of the normal approximation, for a mean of many rows', () => {
    const random = createRandom(3)
    const hits = Uint8Array.from({ length: 2000 }, () => Number(random.unit() < 0.3))
    const share = hits.reduce((sum, hit) => sum + hit, 0) / 2000
    const measured = Array.from(
      resamples({ rows: 2000, count: 1000, seed: 1, weights: undefined }),
      (drawn) => ({
        share: { value: hits.reduce((sum, hit, row) => sum + hit * drawn[row]!, 0) / 2000 },
      }),
    )
    const { low, high } = percentileIntervals(measured, 0.95)['share']!
    const half = 1.96 * Math.sqrt((share * (1 - share)) / 2000)
    expect(Math.abs(low - (share - half))).toBeLessThan(0.15 * half)
    expect(Math.abs(high - (share + half))).toBeLessThan(0.15 * half)
  })

  it('hold the metrics, and compare models on the same draws', async () => {
    const { models, differences } = await evaluated({ rows: 'all', resamples: 100 })
    for (const { metrics, intervals } of models) {
      const { low, high } = intervals!['roc_auc']!
      expect(low).toBeLessThanOrEqual(metrics['roc_auc']!.value)
      expect(high).toBeGreaterThanOrEqual(metrics['roc_auc']!.value)
      expect(low).toBeLessThan(high)
    }
    const [first, second] = models as [Evaluated, Evaluated]
    expect(differences).toMatchObject([{ from: 'trees', to: 'linear' }])
    const { low, high } = differences![0]!.intervals!['roc_auc']!
    const difference = second.metrics['roc_auc']!.value - first.metrics['roc_auc']!.value
    expect(low).toBeLessThanOrEqual(difference)
    expect(high).toBeGreaterThanOrEqual(difference)
    expect(differences![0]!.deLong!.difference).toBeCloseTo(difference, 12)
    expect(differences![0]!.mcNemar!.pValue).toBeGreaterThan(0)
    expect(differences![0]!.verdicts!['roc_auc']).toMatch(/better|worse|equivalent|undecided/)
  })

  it('can be left out', async () => {
    const { models, differences } = await evaluated({ rows: 'all', resamples: 0 })
    expect(models[0]!.intervals).toBeUndefined()
    expect(differences![0]!.intervals).toBeUndefined()
    expect(differences![0]!.verdicts).toBeUndefined()
  })
})

describe('the slices of an evaluation', () => {
  it('tell the metrics by the values of a column, the worst first, without the smallest', async () => {
    const { models } = await evaluated({ rows: 'all', resamples: 0, slices: ['churn', 'months'] })
    const slices = models[0]!.slices!
    const losses = slices.map(({ metrics }) => metrics['log_loss']!)
    expect(losses).toEqual(losses.toSorted((a, b) => b - a))
    expect(slices.every(({ count }) => count >= 20)).toBe(true)
    const byClass = slices.filter(({ column }) => column === 'churn')
    const rows = byClass.reduce((sum, { count }) => sum + count, 0)
    const right = byClass.reduce((sum, { count, metrics }) => sum + count * metrics['accuracy']!, 0)
    expect(rows).toBe(60)
    expect(right / rows).toBeCloseTo(models[0]!.metrics['accuracy']!.value, 12)
  })

  it('are found by themselves where a model is worse than elsewhere', async () => {
    const rows = Array.from({ length: 400 }, (_, row) => {
      const region = row % 4 === 0 ? 'north' : 'south'
      const x = (row * 37) % 100
      // The model learns what holds in the south; in the north it is a coin.
      const truth = region === 'north' ? (row * 13) % 3 === 0 : x > 50
      return `${row},${region},${x},${truth ? 'yes' : 'no'}`
    })
    const roles = { key: 'id', region: 'ignore', churn: 'target' } as const
    const table = await exampleTable(context, { csv: ['key,region,x,churn', ...rows].join('\n'), roles })
    const { model } = await trainTrees({ table }, gradientBoostedTrees.params.parse({ trees: 5 }), context)
    const params = evaluate.params.parse({ rows: 'all', resamples: 0, findSlices: true })
    const { report } = await evaluateModels({ models: [model], table }, params, context)
    const { found } = (report.data.content as unknown as Content).models[0]!
    expect(found!.worst[0]).toMatchObject({ column: 'region', value: 'north' })
    expect(found!.worst[0]!.adjustedPValue).toBeLessThan(0.001)
    expect(found!.worst.every(({ column }) => column !== 'key' && column !== 'churn')).toBe(true)
  })
})

describe('an evaluation of two classes', () => {
  it('tells gain, thresholds and the cheapest of them', async () => {
    const { models } = await evaluated({ rows: 'all', resamples: 0, falseNegativeCost: 5 })
    for (const { gain, thresholds, costs } of models) {
      expect(gain!['captured']!.at(-1)).toBe(1)
      expect(Math.min(...thresholds!['cost']!)).toBeCloseTo(costs!.cheapest.cost, 12)
      expect(costs!.cheapest.cost).toBeLessThanOrEqual(costs!.own.cost)
    }
  })
})

describe('an evaluation of amounts', () => {
  it('tells which rows were missed by most', async () => {
    const table = await exampleTable(context, {
      ...splitNumbers,
      roles: { spend: 'target', churn: 'ignore' },
    })
    const params = gradientBoostedTrees.params.parse({ trees: 5, minimumRowsInLeaf: 3 })
    const { model } = await trainTrees({ table }, params, context)
    const { report } = await evaluateModels(
      { models: [model], table },
      evaluate.params.parse({ rows: 'all', resamples: 0 }),
      context,
    )
    const { residuals } = (report.data.content as unknown as Content).models[0]!
    expect(residuals!.largest).toHaveLength(20)
    expect(residuals!.byPrediction.length).toBeGreaterThan(1)
  })
})
