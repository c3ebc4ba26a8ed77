import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StartColumn } from '../../../src/core/artifacts.ts'
import { transformParams, type TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { appendSteps, type StepToAppend } from '../../../src/recipe/append-step.ts'
import featureSelection from '../../fixtures/sklearn/feature-selection.json' with { type: 'json' }
import learnedTransforms from '../../fixtures/sklearn/learned-transforms.json' with { type: 'json' }
import numberTransforms from '../../fixtures/sklearn/number-transforms.json' with { type: 'json' }
import fixture from '../../fixtures/sklearn/transforms.json' with { type: 'json' }
import vectorTransforms from '../../fixtures/sklearn/vector-transforms.json' with { type: 'json' }
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { smallTable, valuesOf, type SmallColumn } from './small-table.ts'

interface Case {
  title: string
  step: { transform: TransformStep['transform']; params: object }
  types: Record<string, StartColumn['type']>
  train: Record<string, (number | string | null)[]>
  test: Record<string, (number | string | null)[]>
  made: string[]
  /** Not compared where null. */
  elements: string[] | null
  tolerance: number
  expected: Record<'train' | 'test', (number | string | null)[][]>
}
const cases = [fixture, numberTransforms, learnedTransforms, vectorTransforms, featureSelection].flatMap(
  ({ cases }) => cases as unknown as Case[],
)

let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
})
afterAll(() => context.dispose())

describe('what comes out of the graph equals scikit-learn', () => {
  it.each(cases.map((each) => [each.title, each] as const))('%s', async (_title, each) => {
    const columns = Object.entries(each.types).map(([name, type]): [string, SmallColumn] => [
      name,
      { type, values: [...each.train[name]!, ...each.test[name]!] },
    ])
    const table = await smallTable(context, Object.fromEntries(columns), { test: each.expected.test.length })
    const fitted = await appendSteps(context, table, [stepOf(each)])
    const elements = fitted.columns.flatMap((column) => column.elements ?? [])
    expect(elements).toEqual(each.elements ?? elements)
    for (const rows of ['train', 'test'] as const) {
      const values = await valuesOf(context, fitted, { columns: each.made, rows })
      const count = each.expected[rows].length
      const found = Array.from({ length: count }, (_, row) =>
        each.made.flatMap((name) => rowOf(values[name]!, { row, count })),
      )
      expect(differences(found, each), `${rows} rows`).toEqual([])
    }
    /** Where a value is further from scikit-learn's than the tolerance. */
    function differences(found: (number | string)[][], { expected, tolerance }: Case): unknown[] {
      const part = found.length === expected.test.length ? expected.test : expected.train
      return found.flatMap((row, index) =>
        row.flatMap((value, column) => {
          const wanted = part[index]![column]!
          return isNear(value, wanted, tolerance) ? [] : [{ row: index, column, value, wanted }]
        }),
      )
    }
  })
})

function stepOf({ step }: Case): StepToAppend {
  const params = transformParams[step.transform].parse(step.params)
  return { transform: step.transform, params, node: 'test' } as StepToAppend
}

function rowOf(
  values: (number | string)[],
  { row, count }: { row: number; count: number },
): (number | string)[] {
  const width = values.length / count
  return values.slice(row * width, (row + 1) * width)
}

function isNear(value: number | string, wanted: number | string | null, tolerance: number): boolean {
  if (wanted === null) return Number.isNaN(value)
  if (typeof value === 'string' || typeof wanted === 'string') return value === wanted
  return Math.abs(value - wanted) <= tolerance * Math.max(1, Math.abs(wanted))
}

describe('statistics of a long column', () => {
  it('equal scikit-learn to 1e-12', async () => {
    const values = Array.from({ length: 50_000 }, (_, i) =>
      i % 13 === 0 ? null : 1e6 + ((i * 7919) % 10_007) / 97,
    )
    const table = await smallTable(context, { x: { type: 'number', values } })
    const states = []
    for (const method of ['standard', 'robust'] as const) {
      const params = transformParams.scale.parse({ method, columns: ['x'] })
      const { recipe } = await appendSteps(context, table, [{ transform: 'scale', params, node: 'test' }])
      states.push(...(recipe[0]!.state as { center: number; scale: number }[]))
    }
    const { mean, deviation, median, spread } = fixture.long
    const wanted = [mean, deviation, median, spread]
    const found = states.flatMap(({ center, scale }) => [center, scale])
    expect(found.map((value, index) => Math.abs(value / wanted[index]! - 1) < 1e-12)).toEqual([
      true,
      true,
      true,
      true,
    ])
  })
})
