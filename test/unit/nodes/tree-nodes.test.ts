import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encode } from '../../../nodes/features/encode/definition.ts'
import { run as encodeColumns } from '../../../nodes/features/encode/run.ts'
import { scale } from '../../../nodes/features/scale/definition.ts'
import { run as scaleColumns } from '../../../nodes/features/scale/run.ts'
import { featureRuleFindings } from '../../../nodes/training/feature-rule-findings.ts'
import { gradientBoostedTrees } from '../../../nodes/training/gradient-boosted-trees/definition.ts'
import { run as trainTrees } from '../../../nodes/training/gradient-boosted-trees/run.ts'
import { isolationForest } from '../../../nodes/training/isolation-forest/definition.ts'
import { run as trainIsolationForest } from '../../../nodes/training/isolation-forest/run.ts'
import { randomForest } from '../../../nodes/training/random-forest/definition.ts'
import { run as trainForest } from '../../../nodes/training/random-forest/run.ts'
import type { Artifact } from '../../../src/core/artifacts.ts'
import type { TableShape } from '../../../src/core/columns.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

const towns = ['Jena', 'Gera', 'Weimar', 'Apolda', 'Ilmenau', 'Suhl']
/** Rents by town are in no order of the towns' names. */
const rents = [9, 4, 8, 3, 7, 2]

let context: TestContext
let flats: Artifact<'table'>
beforeAll(async () => {
  context = await createTestContext()
  const lines = Array.from({ length: 240 }, (_, row) => {
    const town = (row * 7) % 6
    const size = 30 + ((row * 13) % 70)
    return `${towns[town]},${size},${size * rents[town]! + (row % 5)}`
  })
  const table = await exampleTable(context, {
    csv: ['town,size,rent', ...lines, ''].join('\n'),
    roles: { rent: 'target' },
  })
  const params = encode.params.parse({ columns: ['town'], method: 'ordinal' })
  flats = (await encodeColumns({ table }, params, context)).table
})
afterAll(() => context.dispose())

const train = (params: object, table = flats) =>
  trainTrees({ table }, gradientBoostedTrees.params.parse({ minimumRowsInLeaf: 5, ...params }), context)

const categoricalOf = ({ model }: { model: Artifact<'model'> }) =>
  (model.data.learner.params as { categorical: string[] }).categorical

async function valuesOf(model: Artifact<'model'>, table: Artifact<'table'>): Promise<number[]> {
  const values: number[] = []
  for await (const { outputs } of scoreModel(context, model, table.data, { rows: 'all' }))
    values.push(...(outputs['value'] as Float64Array))
  return values
}

describe('boosted trees', () => {
  it('know categories by their ordinal codes, and split them in few steps', async () => {
    const shallow = { trees: 3, learningRate: 1, leaves: 2, l2: 0 }
    const grouped = await train(shallow)
    const ordered = await train({ ...shallow, categories: 'none' })
    expect([categoricalOf(grouped), categoricalOf(ordered)]).toEqual([['town'], []])
    expect(grouped.report.data.metrics['train_rmse']!).toBeLessThan(
      ordered.report.data.metrics['train_rmse']!,
    )
  })

  it('take codes for amounts where they were scaled', async () => {
    const params = scale.params.parse({ columns: ['town'] })
    const scaled = (await scaleColumns({ table: flats }, params, context)).table
    expect(categoricalOf(await train({ trees: 2 }, scaled))).toEqual([])
  })

  it('answer with amounts where they learned their logarithm', async () => {
    const { model, report } = await train({ targetTransform: 'log', trees: 60 })
    expect(report.data.content).toMatchObject({ targetPower: 0 })
    const values = await valuesOf(model, flats)
    expect(values).toHaveLength(240)
    expect(Math.abs(values[0]! / (30 * rents[0]!) - 1)).toBeLessThan(0.1)
  })
})

describe('rules for features', () => {
  const table: TableShape = {
    kind: 'table',
    columns: [
      { name: 'size', type: 'number', role: 'feature', origin: 'start' },
      { name: 'rent', type: 'number', role: 'target', origin: 'start' },
    ],
    split: null,
    known: true,
  }

  it('name features, and do not contradict each other', () => {
    const codes = (rules: Parameters<typeof featureRuleFindings>[1]) =>
      featureRuleFindings(table, rules).map(({ code, param }) => [code, param])
    expect(codes({ increasing: ['size'] })).toEqual([])
    expect(codes({ increasing: ['sizes'] })).toEqual([['unknown-column', 'increasing']])
    expect(codes({ categoricalFeatures: ['rent'] })).toEqual([['unknown-column', 'categoricalFeatures']])
    expect(codes({ increasing: ['size'], decreasing: ['size'] })).toEqual([['contradiction', 'decreasing']])
    expect(codes({ decreasing: ['size'], categoricalFeatures: ['size'] })).toEqual([
      ['contradiction', 'decreasing'],
    ])
  })

  it('wait until the elements of a vector are known', () => {
    const open: TableShape = {
      ...table,
      columns: [...table.columns, { name: 'towns', type: 'vector', role: 'feature', origin: 'recipe' }],
    }
    expect(featureRuleFindings(open, { increasing: ['town=Jena'] })).toEqual([])
  })
})

describe('forests', () => {
  it('tell how well they answer for rows they were not grown on', async () => {
    const params = randomForest.params.parse({ columnShare: 1, task: 'regression' })
    const { report } = await trainForest({ table: flats }, params, context)
    expect(report.data.metrics['out_of_bag_r2']).toBeGreaterThan(0.9)
  })

  it('of isolation score what is unlike the rest highest', async () => {
    const csv = [
      'size,price',
      ...Array.from({ length: 99 }, (_, row) => `${row % 10},${row % 9}`),
      '100,90',
      '',
    ].join('\n')
    const table = await exampleTable(context, { csv })
    const params = isolationForest.params.parse({})
    const { model, report } = await trainIsolationForest({ table }, params, context)
    const scores = await valuesOf(model, table)
    expect(scores.indexOf(Math.max(...scores))).toBe(99)
    expect(report.data.content).toMatchObject({
      scores: { highest: expect.closeTo(scores[99]!, 9) as number },
    })
  })
})
