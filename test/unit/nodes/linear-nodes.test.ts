import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linearRegression } from '../../../nodes/training/linear-regression/definition.ts'
import { run as trainLinear } from '../../../nodes/training/linear-regression/run.ts'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

const rows = 40
const priceOf = (size: number): number => Math.exp(1 + size / 10)

let context: TestContext
let table: Artifact<'table'>
beforeAll(async () => {
  context = await createTestContext()
  const lines = Array.from({ length: rows }, (_, size) => `${size},${priceOf(size)}`)
  table = await exampleTable(context, {
    csv: ['size,price', ...lines, ''].join('\n'),
    roles: { price: 'target' },
    split: lines.map(() => 'train' as const),
  })
})
afterAll(() => context.dispose())

async function valuesOf(model: Artifact<'model'>): Promise<number[]> {
  const values: number[] = []
  for await (const { outputs } of scoreModel(context, model, table.data, { rows: 'all' }))
    values.push(...(outputs['value'] as Float64Array))
  return values
}

describe('linear regression', () => {
  it('learns amounts that multiply by their logarithm, and answers with amounts', async () => {
    const params = linearRegression.params.parse({ targetTransform: 'log' })
    const { model, report } = await trainLinear({ table }, params, context)
    expect(report.data.content).toMatchObject({ targetPower: 0, intercept: expect.closeTo(1, 6) })
    const values = await valuesOf(model)
    expect(values).toHaveLength(rows)
    for (const [size, value] of values.entries()) expect(value / priceOf(size)).toBeCloseTo(1, 6)
  })

  it('finds the power under which amounts are most like a normal distribution', async () => {
    const params = linearRegression.params.parse({ targetTransform: 'box-cox' })
    const { model, report } = await trainLinear({ table }, params, context)
    const { targetPower } = report.data.content as { targetPower: number }
    expect(Math.abs(targetPower)).toBeLessThan(0.3)
    for (const [size, value] of (await valuesOf(model)).entries())
      expect(Math.abs(value / priceOf(size) - 1)).toBeLessThan(0.6)
  })
})
