import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableData } from '../../../src/core/artifacts.ts'
import { transformParams, type TransformParams } from '../../../src/core/transforms/transform-step.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { appendSteps } from '../../../src/recipe/append-step.ts'
import { buildModelGraph } from '../../../src/recipe/build-model.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { smallTable, valuesOf } from './small-table.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
})
afterAll(() => context.dispose())

type Rows = (number | null)[][]
interface Fixture {
  rows: Rows
  test: number
  cases: { neighbours: number; weights: 'uniform' | 'distance'; filled: number[][] }[]
}
const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/nearest-imputer.json'), 'utf8'),
) as Fixture
const names = ['a', 'b', 'c', 'd']

async function filled(
  rows: Rows,
  params: Partial<TransformParams<'impute-nearest'>>,
  { test = 0 }: { test?: number } = {},
): Promise<TableData> {
  const columns = Object.fromEntries(
    names.map((name, index) => [name, { type: 'number' as const, values: rows.map((row) => row[index]!) }]),
  )
  const table = await smallTable(context, columns, { test })
  const step = transformParams['impute-nearest'].parse({ columns: names, fill: names, ...params })
  return appendSteps(context, table, [{ transform: 'impute-nearest', params: step, node: 'test' }])
}

async function rowsOf(table: TableData): Promise<number[][]> {
  const values = await valuesOf(context, table, { columns: names })
  return values['a']!.map((_, row) => names.map((name) => values[name]![row] as number))
}

describe('missing numbers filled in from the nearest rows', () => {
  it.each(fixture.cases)(
    'are those of scikit-learn with $neighbours neighbours, $weights',
    async ({ neighbours, weights, filled: expected }) => {
      const { rows, test } = fixture
      const found = await rowsOf(await filled(rows, { neighbours, weights }, { test }))
      const difference = Math.max(
        ...found.flatMap((row, index) =>
          row.map((value, column) => Math.abs(value - expected[index]![column]!) / (1e-9 + Math.abs(value))),
        ),
      )
      expect(difference).toBeLessThan(1e-6)
    },
  )

  it('leave the columns alone that are only compared, and say where they were', async () => {
    const table = await filled(fixture.rows, { fill: ['a'], indicator: true })
    expect(table.columns.map(({ name, type, origin }) => `${name} ${type} ${origin}`)).toEqual([
      'a number recipe',
      'b number start',
      'c number start',
      'd number start',
      'a_missing boolean recipe',
    ])
    const { a_missing: missing } = await valuesOf(context, table, { columns: ['a_missing'] })
    expect(missing).toEqual(fixture.rows.map(([a]) => Number(a === null)))
  })

  it('come from as many rows as are kept, the same whatever the size of chunks', async () => {
    const rows = Array.from({ length: 5000 }, (_, row) => [row % 7 ? row : null, row / 2, -row, 1])
    const table = await filled(rows, { references: 50 })
    const [step] = table.recipe
    const { references } = step!.state as { references: Rows }
    expect(references).toHaveLength(50)
    const drawn = references.map((row) => row[1]! * 2)
    expect(drawn).toEqual(drawn.toSorted((one, other) => one - other))
    // Drawn from everywhere: the mean of fifty is within four standard errors of the middle.
    const mean = drawn.reduce((sum, value) => sum + value, 0) / 50
    expect(Math.abs(mean - 2500)).toBeLessThan((4 * 1443) / Math.sqrt(50))
  })

  it('are the same, bit for bit, for a row in any company', async () => {
    const table = await filled(fixture.rows, { weights: 'distance', neighbours: 3 })
    const { bytes } = buildModelGraph(table, (_builder, matrix) => ({ value: matrix }))
    const session = await openSession(bytes)
    const rows = Array.from({ length: 4200 }, (_, row) => fixture.rows[row % fixture.rows.length]!)
    const input = (from: number, to: number) => ({
      rows: to - from,
      columns: Object.fromEntries(
        names.map((name, column) => [
          name,
          Float64Array.from(rows.slice(from, to), (row) => row[column] ?? Number.NaN),
        ]),
      ),
    })
    const whole = (await session.run(input(0, rows.length)))['value'] as Float32Array
    for (const size of [1, 3, 13, 115]) {
      for (let from = 0; from + size <= 230; from += size) {
        const { value } = await session.run(input(from, from + size))
        expect(value).toEqual(whole.slice(from * 4, (from + size) * 4))
      }
    }
    await session.close()
  })

  it('survive what no row was like: infinite and enormous numbers, nothing at all', async () => {
    const table = await filled(
      [...fixture.rows, [null, Infinity, null, 0], [null, 1e308, -1e308, null], [null, null, null, null]],
      {},
      { test: fixture.test + 3 },
    )
    const found = await rowsOf(table)
    expect(found.flat().filter(Number.isNaN)).toEqual([])
    expect(found.at(-3)![1]).toBe(Infinity)
    const { means } = table.recipe[0]!.state as { means: number[] }
    expect(found.at(-1)).toEqual(means)
  })

  it('are refused where a column has no value to take', async () => {
    const rows = fixture.rows.map((row) => row.with(0, null))
    await expect(filled(rows, {})).rejects.toMatchObject({ code: 'recipe.no-values' })
    await expect(filled(rows, { fill: ['b'] })).resolves.toBeTruthy()
  })
})
