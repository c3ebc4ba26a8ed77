import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableData } from '../../../src/core/artifacts.ts'
import { transformParams } from '../../../src/core/transforms/transform-step.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { appendSteps, type StepToAppend } from '../../../src/recipe/append-step.ts'
import { buildModelGraph } from '../../../src/recipe/build-model.ts'
import { foldFinder } from '../../../src/recipe/folds.ts'
import { readMatrix } from '../../../src/recipe/read-matrix.ts'
import type { RowChoice } from '../../../src/recipe/read-chosen-rows.ts'
import { refitRecipe } from '../../../src/recipe/refit-recipe.ts'
import fixture from '../../fixtures/sklearn/target-encodings.json' with { type: 'json' }
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { smallTable, valuesOf } from './small-table.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
})
afterAll(() => context.dispose())

const smoothing = 3
const folds = { count: 4, seed: 9 }

function targetEncode(more: object = {}): StepToAppend {
  const params = { method: 'target', columns: ['t'], target: 'y', smoothing, seed: 9, folds: 4, ...more }
  return { transform: 'encode', params: transformParams.encode.parse(params), node: 'test' }
}

const towns = Array.from({ length: 60 }, (_, row) => ['Jena', 'Gera', '', 'Ulm'][(row * 7) % 5] ?? 'Jena')
const answers = Array.from({ length: 60 }, (_, row) => ((row * 13) % 11) - 4)

async function encoded({ answer = answers, test = 20, more = {} } = {}): Promise<TableData> {
  const columns = {
    t: { type: 'text', values: towns },
    y: { type: 'number', values: answer, role: 'target' },
  } as const
  return appendSteps(context, await smallTable(context, columns, { test }), [targetEncode(more)])
}

async function matrixOf(table: TableData, rows: RowChoice): Promise<number[]> {
  const found: number[] = []
  for await (const { data } of readMatrix(context, table, { rows })) found.push(...data)
  return found
}

/** What a row is told by some others, written out. */
function meanAmong(row: number, others: readonly number[]): number {
  const mean = (rows: readonly number[]) => rows.reduce((sum, each) => sum + answers[each]!, 0) / rows.length
  const own = others.filter((each) => towns[each] === towns[row])
  if (own.length === 0) return Math.fround(mean(others))
  return Math.fround((mean(own) * own.length + smoothing * mean(others)) / (own.length + smoothing))
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 6) as number)

describe('target encoding', () => {
  it.each(fixture.encodings.map((each) => [`${each.target}, smoothing ${each.smoothing}`, each] as const))(
    'tells later callers smoothed means, as pandas finds them: %s',
    async (_title, each) => {
      const type = each.target === 'number' ? 'number' : 'text'
      const rest = Array.from(each.test, () => null)
      const table = await smallTable(
        context,
        {
          t: { type: 'text', values: [...each.train, ...each.test] },
          y: { type, values: [...each.answers, ...rest], role: 'target' },
        },
        { test: each.test.length },
      )
      const step = targetEncode({ smoothing: each.smoothing })
      const { t } = await valuesOf(context, await appendSteps(context, table, [step]), {
        columns: ['t'],
        rows: 'test',
      })
      expect(t).toEqual(near(each.expected.flat()))
    },
  )

  it('tells train rows what the other folds say, in whatever choice of rows they are read', async () => {
    const table = await encoded()
    const foldOf = foldFinder(folds)
    const expected = range(0, 40).map((row) =>
      meanAmong(
        row,
        range(0, 40).filter((other) => foldOf(other) !== foldOf(row)),
      ),
    )
    expect(await matrixOf(table, 'train')).toEqual(near(expected))
    expect((await matrixOf(table, 'all')).slice(0, 40)).toEqual(await matrixOf(table, 'train'))
    expect(await matrixOf(table, (row) => row < 7)).toEqual(near(expected.slice(0, 7)))
  })

  it('never tells a row its own answer', async () => {
    const before = await matrixOf(await encoded(), 'train')
    for (const row of [0, 17, 39]) {
      const after = await matrixOf(await encoded({ answer: answers.with(row, 1e6) }), 'train')
      expect(after[row]).toBe(before[row])
      expect(after).not.toEqual(before)
    }
  })

  it('tells rows that were not learned from what the model’s graph will tell its callers', async () => {
    const table = await encoded()
    const { bytes, signature } = buildModelGraph(table, (_builder, matrix) => ({ value: matrix }))
    expect(signature.inputs.map(({ name }) => name)).toEqual(['t'])
    const session = await openSession(bytes)
    const { value } = await session.run({ rows: 20, columns: { t: towns.slice(40) } })
    await session.close()
    expect(await matrixOf(table, 'test')).toEqual(Array.from(value as Float32Array))
  })

  it('is learned anew from chosen rows, which are then told what the other folds of them say', async () => {
    const chosen = (row: number) => row % 3 !== 0
    const refitted = await refitRecipe(context, await encoded({ test: 0 }), { rows: chosen })
    const foldOf = foldFinder(folds)
    const learned = range(0, 60).filter(chosen)
    const expected = learned.map((row) =>
      meanAmong(
        row,
        learned.filter((other) => foldOf(other) !== foldOf(row)),
      ),
    )
    expect(await matrixOf(refitted, chosen)).toEqual(near(expected))
  })

  it('is what later steps learn from, fold by fold', async () => {
    const scale = transformParams.scale.parse({ method: 'min-max', columns: ['t'] })
    const table = await encoded()
    const train = await matrixOf(table, 'train')
    const { recipe } = await appendSteps(context, table, [
      { transform: 'scale', params: scale, node: 'test' },
    ])
    const [{ center }] = recipe[1]!.state as [{ center: number }]
    expect(center).toBeCloseTo(Math.min(...train), 6)
  })

  it('refuses to guess the folds of rows that were picked since', async () => {
    const table = await encoded()
    const picked = { ...table, rows: { ...table.rows, artifact: 'other' } }
    await expect(matrixOf(picked, 'train')).rejects.toMatchObject({ code: 'recipe.rows-changed' })
  })

  it('says what is wrong', async () => {
    const one = { t: { type: 'text', values: ['a'] }, y: { type: 'number', values: [1] } } as const
    const table = await smallTable(context, one)
    await expect(appendSteps(context, table, [targetEncode()])).rejects.toThrow('Too few train rows')
    await expect(appendSteps(context, table, [targetEncode({ target: 'z' })])).rejects.toThrow(
      'no column “z”',
    )
    const unknown = await smallTable(context, { ...one, y: { type: 'number', values: [null] } })
    await expect(appendSteps(context, unknown, [targetEncode()])).rejects.toThrow('“y” has no value')
  })
})

describe('folds', () => {
  it('have as many rows each, and are the same for the same seed', () => {
    const dealt = (seed: number) => range(0, 1000).map(foldFinder({ count: 5, seed }))
    const sizes = Map.groupBy(dealt(1), (fold) => fold)
    expect([...sizes.values()].map(({ length }) => length)).toEqual([200, 200, 200, 200, 200])
    expect(dealt(1)).toEqual(dealt(1))
    expect(dealt(1)).not.toEqual(dealt(2))
  })
})
