import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import type { ExampleTable } from '../../../src/node-kit/define-node.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { refitRecipe } from '../../../src/recipe/refit-recipe.ts'
import { readSplit } from '../../../src/tables/start-rows.ts'
import { outliers } from '../../../nodes/validation/outliers/definition.ts'
import { run as findOutliers } from '../../../nodes/validation/outliers/run.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
})
afterAll(() => context.dispose())

const tableOf = (csv: string, rest: Omit<ExampleTable, 'csv'> = {}) => exampleTable(context, { csv, ...rest })

const find = (table: Artifact<'table'>, given: Record<string, unknown>) =>
  findOutliers({ table }, outliers.params.parse(given), context)

async function valuesOf(table: TableData, name: string): Promise<number[]> {
  const values: number[] = []
  for await (const chunk of readColumns(context, table, { columns: [name], rows: 'all' }))
    values.push(...(chunk.columns[name] as Float64Array))
  return values
}

const ages = 'age\n1\n2\n3\n4\n5\n\n100\n'

describe('the bounds of outliers', () => {
  it.each([
    // numpy.percentile([1, 2, 3, 4, 5, 100], [25, 75]) is [2.25, 4.75]
    ['iqr', 1.5, 2.25 - 1.5 * 2.5, 4.75 + 1.5 * 2.5],
    // numpy.mean and numpy.std of the same: 19.1666… and 36.1728…
    ['z-score', 2, 19.166666666666668 - 2 * 36.17281053805775, 19.166666666666668 + 2 * 36.17281053805775],
    // median 3.5, median of [2.5, 1.5, 0.5, 0.5, 1.5, 96.5] is 1.5, over Φ⁻¹(3/4) = 0.6744897501960817
    ['mad', 3.5, 3.5 - (3.5 * 1.5) / 0.6744897501960817, 3.5 + (3.5 * 1.5) / 0.6744897501960817],
  ])('by %s are those of the textbook', async (method, limit, lower, upper) => {
    const { report } = await find(await tableOf(ages), { method, limit })
    const { columns } = report.data.content as unknown as {
      columns: { lower: number; upper: number; below: number; above: number }[]
    }
    expect(columns[0]!.lower).toBeCloseTo(lower, 10)
    expect(columns[0]!.upper).toBeCloseTo(upper, 10)
    expect(columns[0]).toMatchObject({ column: 'age', below: 0, above: 1 })
  })

  it('come from the mean deviation where half of the values are the same', async () => {
    const { report } = await find(await tableOf('age\n1\n1\n1\n1\n5\n'), { method: 'mad', limit: 1 })
    // The mean of [0, 0, 0, 0, 4] is 0.8.
    const half = 0.8 * Math.sqrt(Math.PI / 2)
    const { columns } = report.data.content as unknown as { columns: { lower: number; upper: number }[] }
    expect(columns[0]!.upper).toBeCloseTo(1 + half, 12)
    expect(columns[0]!.lower).toBeCloseTo(1 - half, 12)
  })

  it('are those of the train rows, and are learned anew where the recipe is', async () => {
    const table = await tableOf(ages, {
      split: ['train', 'train', 'train', 'train', 'train', 'train', 'test'],
    })
    const { table: flagged } = await find(table, {})
    expect(await valuesOf(flagged.data, 'age_outlier')).toEqual([0, 0, 0, 0, 0, 0, 1])
    const refitted = await refitRecipe(context, flagged.data, { rows: () => true })
    expect(refitted.recipe[0]!.state).toEqual([[2.25 - 3.75, 4.75 + 3.75]])
  })
})

describe('outliers', () => {
  const csv = 'age,size\n1,1\n2,2\n3,-90\n4,4\n5,5\n,\n100,6\n'

  it('are flagged by column, or by row', async () => {
    const each = (await find(await tableOf(csv), {})).table.data
    expect(await valuesOf(each, 'age_outlier')).toEqual([0, 0, 0, 0, 0, 0, 1])
    expect(await valuesOf(each, 'size_outlier')).toEqual([0, 0, 1, 0, 0, 0, 0])
    const any = (await find(await tableOf(csv), { flags: 'any', anyColumn: 'odd' })).table.data
    expect(any.columns.map(({ name, type }) => [name, type])).toEqual([
      ['age', 'integer'],
      ['size', 'integer'],
      ['odd', 'boolean'],
    ])
    expect(await valuesOf(any, 'odd')).toEqual([0, 0, 1, 0, 0, 0, 1])
  })

  it('become their bound', async () => {
    const { table } = await find(await tableOf(csv), { action: 'clip' })
    expect(await valuesOf(table.data, 'age')).toEqual([1, 2, 3, 4, 5, Number.NaN, 8.5])
  })

  it('are dropped with their rows, from the train rows alone', async () => {
    const whole = await find(await tableOf(csv), { action: 'drop' })
    expect(await valuesOf(whole.table.data, 'age')).toEqual([1, 2, 4, 5, Number.NaN])
    expect(whole.report.data.metrics).toEqual({ rows_with_outliers: 2, rows_dropped: 2 })
    const split = ['train', 'train', 'train', 'train', 'train', 'train', 'test'] as const
    const parted = await find(await tableOf(csv, { split }), { action: 'drop' })
    expect(await valuesOf(parted.table.data, 'size')).toEqual([1, 2, 4, 5, Number.NaN, 6])
    expect([...(await readSplit(context, parted.table.data))!]).toEqual([0, 0, 0, 0, 0, 2])
  })
})
