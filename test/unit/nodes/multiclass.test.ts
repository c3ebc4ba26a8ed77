import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { predict } from '../../../nodes/serving/predict/definition.ts'
import { run as predictRows } from '../../../nodes/serving/predict/run.ts'
import { register } from '../../../nodes/serving/register/definition.ts'
import { run as registerModel } from '../../../nodes/serving/register/run.ts'
import { baseline } from '../../../nodes/training/baseline/definition.ts'
import { run as trainBaseline } from '../../../nodes/training/baseline/run.ts'
import { evaluate } from '../../../nodes/training/evaluate/definition.ts'
import { run as evaluateModels } from '../../../nodes/training/evaluate/run.ts'
import { gradientBoostedTrees } from '../../../nodes/training/gradient-boosted-trees/definition.ts'
import { run as trainTrees } from '../../../nodes/training/gradient-boosted-trees/run.ts'
import { logisticRegression } from '../../../nodes/training/logistic-regression/definition.ts'
import { run as trainLogistic } from '../../../nodes/training/logistic-regression/run.ts'
import { threshold } from '../../../nodes/training/threshold/definition.ts'
import { run as chooseThreshold } from '../../../nodes/training/threshold/run.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/multiclass.json'), 'utf8'),
) as {
  csv: string
  classes: string[]
  answers: string[]
  probabilities: number[]
  confusion: number[][]
  metrics: Record<string, number>
}

let context: TestContext
let flowers: Artifact<'table'>
beforeAll(async () => {
  context = await createTestContext({ feeds: { models: ['linear', 'baseline'] } })
  const split = Array.from({ length: 150 }, (_, row) =>
    row % 3 === 2 ? ('test' as const) : ('train' as const),
  )
  flowers = await exampleTable(context, { csv: fixture.csv, roles: { kind: 'target' }, split })
})
afterAll(() => context.dispose())

const logistic = () =>
  trainLogistic({ table: flowers }, logisticRegression.params.parse({ tolerance: 1e-9 }), context)

const largestDifference = (found: readonly number[], wanted: readonly number[]): number =>
  Math.max(...wanted.map((value, index) => Math.abs(value - found[index]!)))

describe('three classes', () => {
  it('are learned and evaluated as by scikit-learn', async () => {
    const { model } = await logistic()
    const { report } = await evaluateModels(
      { models: [model], table: flowers },
      evaluate.params.parse({}),
      context,
    )
    expect(model.data).toMatchObject({ task: 'multiclass', target: { classes: fixture.classes } })
    expect(model.data.target).not.toHaveProperty('positive')
    expect(Object.keys(report.data.metrics).toSorted()).toEqual(Object.keys(fixture.metrics).toSorted())
    const names = Object.keys(fixture.metrics)
    const found = names.map((name) => report.data.metrics[name]!)
    expect(largestDifference(found, Object.values(fixture.metrics))).toBeLessThan(1e-5)
    expect(report.data.content).toMatchObject({ models: [{ confusion: fixture.confusion }] })
  })

  it('are answered by a registered model, with the probability of the answer', async () => {
    const { model } = await logistic()
    await registerModel({ model }, register.params.parse({ name: 'flowers' }), context)
    const params = predict.params.parse({ model: 'flowers', rows: 'test', columns: 'none' })
    const { table } = await predictRows({ model: undefined, table: flowers }, params, context)
    const answers: string[] = []
    const probabilities: number[] = []
    const columns = ['prediction', 'probability']
    for await (const chunk of readColumns(context, table.data, { columns, rows: 'all' })) {
      answers.push(...(chunk.columns['prediction'] as string[]))
      probabilities.push(...(chunk.columns['probability'] as Float64Array))
    }
    expect(answers).toEqual(fixture.answers)
    expect(largestDifference(probabilities, fixture.probabilities)).toBeLessThan(1e-5)
  })

  it('are compared with a baseline', async () => {
    const { model } = await logistic()
    const chance = await trainBaseline({ table: flowers }, baseline.params.parse({}), context)
    const models = [model, chance.model]
    const { report } = await evaluateModels({ models, table: flowers }, evaluate.params.parse({}), context)
    expect(report.data.metrics).toMatchObject({
      'baseline.roc_auc': 0.5,
      'baseline.balanced_accuracy': 1 / 3,
    })
    expect(report.data.metrics['linear.roc_auc']).toBeGreaterThan(0.8)
  })

  it('are learned by boosted trees', async () => {
    const params = gradientBoostedTrees.params.parse({ trees: 30 })
    const { model, report } = await trainTrees({ table: flowers }, params, context)
    expect(model.data.task).toBe('multiclass')
    expect(report.data.metrics['train_log_loss']).toBeLessThan(0.5)
  })

  it('have no threshold', async () => {
    const { model } = await logistic()
    const choosing = chooseThreshold(
      { model, table: flowers },
      threshold.params.parse({ method: 'fixed' }),
      context,
    )
    await expect(choosing).rejects.toThrow(/^Only a model of two classes has a threshold/)
  })
})
