import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { splitNumbers } from '../../../nodes/example-tables.ts'
import { predict } from '../../../nodes/serving/predict/definition.ts'
import { run as predictRows } from '../../../nodes/serving/predict/run.ts'
import { linearRegression } from '../../../nodes/training/linear-regression/definition.ts'
import { run as trainLinear } from '../../../nodes/training/linear-regression/run.ts'
import { logisticRegression } from '../../../nodes/training/logistic-regression/definition.ts'
import { run as trainLogistic } from '../../../nodes/training/logistic-regression/run.ts'
import { rules } from '../../../nodes/training/rules/definition.ts'
import { run as addRules } from '../../../nodes/training/rules/run.ts'
import { threshold } from '../../../nodes/training/threshold/definition.ts'
import { run as chooseThreshold } from '../../../nodes/training/threshold/run.ts'
import type { Artifact } from '../../../src/core/artifacts.ts'
import type { ExampleTable } from '../../../src/node-kit/define-node.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ failures: rules.failures })
})
afterAll(() => context.dispose())

type Rows = Record<string, (string | number)[]>

async function answered(model: Artifact<'model'>, table: Artifact<'table'>): Promise<Rows> {
  const { table: found } = await predictRows({ model, table }, predict.params.parse({}), context)
  const names = found.data.columns.map(({ name }) => name)
  const rows: Rows = Object.fromEntries(names.map((name) => [name, []]))
  for await (const chunk of readColumns(context, found.data, { columns: names, rows: 'all' }))
    for (const name of names) rows[name]!.push(...chunk.columns[name]!)
  return rows
}

const churners: ExampleTable = splitNumbers
const spenders: ExampleTable = { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } }

describe('business rules', () => {
  it('override the class for the rows they are about, the first rule that applies speaking', async () => {
    const table = await exampleTable(context, churners)
    const { model } = await trainLogistic({ table }, logisticRegression.params.parse({}), context)
    const before = await answered(model, table)
    const params = rules.params.parse({
      rules: [
        { name: 'long with us', when: 'months > 30', answer: 'yes' },
        { name: 'unsure', when: "probability > 0.3 and prediction = 'no'", answer: 'yes' },
        { name: 'all that are long', when: 'months > 20', answer: 'no' },
      ],
    })
    const { model: ruled, report } = await addRules({ model, table }, params, context)
    const after = await answered(ruled, table)
    const expected = before['months']!.map((months, row) => {
      const [probability, prediction] = [before['probability']![row] as number, before['prediction']![row]]
      if ((months as number) > 30) return ['yes', 'long with us']
      if (probability > 0.3 && prediction === 'no') return ['yes', 'unsure']
      return (months as number) > 20 ? ['no', 'all that are long'] : [prediction, '']
    })
    expect(after['prediction']!.map((label, row) => [label, after['rule']![row]])).toEqual(expected)
    expect(after['probability']).toEqual(before['probability'])
    const spoken = expected.filter(([, rule]) => rule !== '').length
    expect(report.data.metrics).toEqual({ rows: 60, overridden: spoken })
    expect(spoken).toBeGreaterThan(0)
  })

  it('compute amounts, from columns that the model itself does not take', async () => {
    const table = await exampleTable(context, spenders)
    const { model } = await trainLinear({ table }, linearRegression.params.parse({}), context)
    expect(model.data.signature.inputs.map(({ name }) => name)).toEqual(['months'])
    const params = rules.params.parse({
      rules: [{ name: 'free', when: "churn = 'yes'", answer: 'min(prediction, 10) * 2' }],
    })
    const { model: ruled } = await addRules({ model, table }, params, context)
    expect(ruled.data.signature.inputs.map(({ name }) => name)).toEqual(['months', 'churn'])
    const [before, after] = [await answered(model, table), await answered(ruled, table)]
    expect(after['prediction']).toEqual(
      before['prediction']!.map((value, row) =>
        before['churn']![row] === 'yes' ? Math.min(value as number, 10) * 2 : value,
      ),
    )
  })

  it('are found wrong before anything runs', () => {
    const table = {
      kind: 'table',
      columns: [{ name: 'months', type: 'integer', role: 'feature', origin: 'start' }],
      split: null,
      known: true,
    } as const
    const model = { kind: 'model', task: 'regression', answers: 'numbers', target: 'spend' } as const
    const params = rules.params.parse({
      rules: [
        { name: 'a', when: 'age > 3', answer: '1' },
        { name: 'b', when: 'months', answer: "'much'" },
        { name: 'c', when: 'probability > 0.5', answer: '1' },
      ],
    })
    const { findings } = rules.propagate({
      inputs: { model, table },
      params,
      node: 'rules',
      feeds: {},
      freeNodeId: (wanted: string) => wanted,
    } as never)
    expect(findings?.map(({ param }) => param)).toEqual([
      'rules.0.when',
      'rules.1.when',
      'rules.1.answer',
      'rules.2.when',
    ])
  })

  it('come after the threshold', async () => {
    const table = await exampleTable(context, churners)
    const { model } = await trainLogistic({ table }, logisticRegression.params.parse({}), context)
    const params = rules.params.parse({ rules: [{ name: 'all', when: 'months >= 0', answer: 'no' }] })
    const { model: ruled } = await addRules({ model, table }, params, context)
    const later = chooseThreshold({ model: ruled, table }, threshold.params.parse({}), context)
    await expect(later).rejects.toThrow('which a new threshold or calibration would put out of force')
  })
})
