import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import type { ExampleTable } from '../../../src/node-kit/define-node.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { customers, customersSplit, splitNumbers } from '../../../nodes/example-tables.ts'
import { encode } from '../../../nodes/features/encode/definition.ts'
import { run as encodeColumns } from '../../../nodes/features/encode/run.ts'
import { impute } from '../../../nodes/features/impute/definition.ts'
import { run as imputeColumns } from '../../../nodes/features/impute/run.ts'
import { predict } from '../../../nodes/serving/predict/definition.ts'
import { run as predictRows } from '../../../nodes/serving/predict/run.ts'
import { register } from '../../../nodes/serving/register/definition.ts'
import { run as registerModel } from '../../../nodes/serving/register/run.ts'
import { evaluate } from '../../../nodes/training/evaluate/definition.ts'
import { run as evaluateModels } from '../../../nodes/training/evaluate/run.ts'
import { gradientBoostedTrees } from '../../../nodes/training/gradient-boosted-trees/definition.ts'
import { run as trainTrees } from '../../../nodes/training/gradient-boosted-trees/run.ts'
import { logisticRegression } from '../../../nodes/training/logistic-regression/definition.ts'
import { run as trainLogistic } from '../../../nodes/training/logistic-regression/run.ts'
import { threshold } from '../../../nodes/training/threshold/definition.ts'
import { run as chooseThreshold } from '../../../nodes/training/threshold/run.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { firstRows } from '../../conformance/hard-tables.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ feeds: { models: ['trees', 'linear'] } })
})
afterAll(() => context.dispose())

const treeParams = gradientBoostedTrees.params.parse({ trees: 20, minimumRowsInLeaf: 3 })

/** Customers, split, with numbers for plans and no gaps. */
async function preparedCustomers(): Promise<Artifact<'table'>> {
  const table = await exampleTable(context, { ...customers, split: customersSplit() })
  const imputed = await imputeColumns({ table }, impute.params.parse({}), context)
  return (await encodeColumns(imputed, encode.params.parse({}), context)).table
}

async function column(table: TableData, name: string): Promise<(number | string)[]> {
  const values: (number | string)[] = []
  for await (const chunk of readColumns(context, table, { columns: [name], rows: 'all' })) {
    values.push(...chunk.columns[name]!)
  }
  return values
}

describe('predict', () => {
  it('answers one row as it answers many, to the bit, from the columns of the source', async () => {
    const { model } = await trainTrees({ table: await preparedCustomers() }, treeParams, context)
    const raw = await exampleTable(context, customers)
    const params = predict.params.parse({})
    const all = await predictRows({ model, table: raw }, params, context)
    const probabilities = await column(all.table.data, 'probability')
    const single: (number | string)[] = []
    for (let row = 1; row <= 5; row++) {
      const some = await predictRows({ model, table: await firstRows(row)(raw, context) }, params, context)
      single.push((await column(some.table.data, 'probability')).at(-1)!)
    }
    expect(single).toEqual(probabilities.slice(0, 5))
  })

  it('gives the probability of the positive class, and the label from its threshold on', async () => {
    const table = await exampleTable(context, splitNumbers)
    const trained = await trainLogistic(
      { table },
      logisticRegression.params.parse({ positiveClass: 'no' }),
      context,
    )
    const fixed = threshold.params.parse({ method: 'fixed', value: 0.7 })
    const { model } = await chooseThreshold({ model: trained.model, table }, fixed, context)
    const { table: answered } = await predictRows({ model, table }, predict.params.parse({}), context)
    const probabilities = (await column(answered.data, 'probability')) as number[]
    const labels = await column(answered.data, 'prediction')
    expect(labels).toEqual(
      probabilities.map((probability) => (probability >= Math.fround(0.7) ? 'no' : 'yes')),
    )
    expect(new Set(labels).size).toBe(2)
  })

  it('gives the probability of the predicted class where there are more than two', async () => {
    const csv = `x,y,kind\n${Array.from({ length: 45 }, (_, row) => `${row % 15},${(row * 7) % 5},${['a', 'b', 'c'][Math.floor((row % 15) / 5)]}`).join('\n')}\n`
    const table = await exampleTable(context, { csv, roles: { kind: 'target' } })
    const { model } = await trainLogistic({ table }, logisticRegression.params.parse({}), context)
    expect(model.data).toMatchObject({ task: 'multiclass', target: { classes: ['a', 'b', 'c'] } })
    const { table: answered } = await predictRows({ model, table }, predict.params.parse({}), context)
    expect(await column(answered.data, 'prediction')).toEqual(await column(table.data, 'kind'))
    const probabilities = (await column(answered.data, 'probability')) as number[]
    expect(Math.min(...probabilities)).toBeGreaterThan(1 / 3)
  })

  it('answers with amounts, with a registered model, for the rows of a part', async () => {
    const amounts: ExampleTable = { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } }
    const table = await exampleTable(context, amounts)
    const { model } = await trainTrees({ table }, treeParams, context)
    await registerModel({ model }, register.params.parse({ name: 'spend', aliases: ['best'] }), context)
    const params = predict.params.parse({ model: 'spend@best', rows: 'test', columns: 'none' })
    const { table: answered } = await predictRows({ model: undefined, table }, params, context)
    expect(answered.data.columns.map(({ name, type }) => `${name}: ${type}`)).toEqual(['prediction: number'])
    expect(answered.data.rows.count).toBe(table.data.split?.counts.test)
    expect(answered.data.split).toBeNull()
  })
})

describe('evaluate', () => {
  it('names metrics after the steps that feed them, where there are several models', async () => {
    const table = await exampleTable(context, splitNumbers)
    const trees = await trainTrees({ table }, treeParams, context)
    const linear = await trainLogistic({ table }, logisticRegression.params.parse({}), context)
    const models = [trees.model, linear.model]
    const both = await evaluateModels({ models, table }, evaluate.params.parse({}), context)
    const one = await evaluateModels({ models: [linear.model], table }, evaluate.params.parse({}), context)
    const names = Object.keys(one.report.data.metrics)
    expect(names).toContain('roc_auc')
    expect(Object.keys(both.report.data.metrics)).toEqual([
      ...names.map((name) => `trees.${name}`),
      ...names.map((name) => `linear.${name}`),
    ])
    expect(both.report.data.metrics['linear.log_loss']).toBe(one.report.data.metrics['log_loss'])
  })

  it('leaves rows without a true answer out, and says so', async () => {
    const table = await exampleTable(context, splitNumbers)
    const { model } = await trainLogistic({ table }, logisticRegression.params.parse({}), context)
    const gap = await exampleTable(context, {
      ...splitNumbers,
      csv: splitNumbers.csv.replace(/,(yes|no)$/m, ','),
    })
    const { report } = await evaluateModels(
      { models: [model], table: gap },
      evaluate.params.parse({ rows: 'all' }),
      context,
    )
    expect(report.data.content).toMatchObject({ count: 59, missing: 1 })
    expect(context.logs.at(-1)).toMatchObject({ level: 'warning', values: { missing: 1, column: 'churn' } })
  })
})

describe('training', () => {
  it('takes whole numbers of two values for classes, and more for amounts', async () => {
    const rows = (values: (row: number) => number) =>
      Array.from({ length: 40 }, (_, row) => `${row},${values(row)}`)
    const taskOf = async (values: (row: number) => number) => {
      const csv = `x,answer\n${rows(values).join('\n')}\n`
      const table = await exampleTable(context, { csv, roles: { answer: 'target' } })
      return (await trainTrees({ table }, treeParams, context)).model.data.task
    }
    expect(await taskOf((row) => Number(row > 20))).toBe('binary')
    expect(await taskOf((row) => row % 3)).toBe('regression')
  })

  it('lets every row of a weight count as often as it says', async () => {
    const once = `x,answer\n${Array.from({ length: 30 }, (_, row) => `${row},${row % 7 < 3 ? 'yes' : 'no'}`).join('\n')}\n`
    const weighted = once
      .split('\n')
      .map((line, row) => (line === '' ? line : `${line},${row === 0 ? 'weight' : row % 2 ? 2 : 1}`))
    const repeated = once.split('\n').flatMap((line, row) => (row > 0 && row % 2 ? [line, line] : [line]))
    const train = async (csv: string, roles: Record<string, string>) => {
      const table = await exampleTable(context, { csv, roles })
      return (await trainLogistic({ table }, logisticRegression.params.parse({}), context)).report.data
        .content as {
        coefficients: { coefficient: number }[]
      }
    }
    const byWeight = await train(weighted.join('\n'), { answer: 'target', weight: 'weight' })
    const byRows = await train(repeated.join('\n'), { answer: 'target' })
    expect(byWeight.coefficients[0]!.coefficient).toBeCloseTo(byRows.coefficients[0]!.coefficient, 6)
  })

  it('sees in its graph what it learned from: the signature names the columns of the source', async () => {
    const { model } = await trainTrees({ table: await preparedCustomers() }, treeParams, context)
    expect(model.data.signature.inputs.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'plan: text',
      'months: integer',
      'spend: number',
      'calls: integer',
    ])
  })
})
