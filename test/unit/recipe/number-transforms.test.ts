import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transformParams, type TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { appendSteps, type StepToAppend } from '../../../src/recipe/append-step.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { smallTable, valuesOf, type SmallColumn } from './small-table.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
})
afterAll(() => context.dispose())

function step(transform: TransformStep['transform'], params: object): StepToAppend {
  return { transform, params: transformParams[transform].parse(params), node: 'test' } as StepToAppend
}

const number = (...values: (number | null)[]): SmallColumn => ({ type: 'number', values })

async function after(column: SmallColumn, applied: StepToAppend, test = 0) {
  const table = await appendSteps(context, await smallTable(context, { x: column }, { test }), [applied])
  return { columns: table.columns, x: (await valuesOf(context, table, { columns: ['x'] }))['x'] }
}

describe('clipping', () => {
  it('takes its quantiles from train rows alone, and keeps infinities within the bounds', async () => {
    const clip = step('clip', { columns: ['x'], method: 'quantiles', quantiles: [0, 100] })
    expect((await after(number(1, null, 3, 1000, -Infinity), clip, 2)).x).toEqual([1, Number.NaN, 3, 3, 1])
  })

  it('keeps whole numbers whole between whole bounds alone', async () => {
    const typeAfter = async (upper: number) => {
      const clip = step('clip', { columns: ['x'], method: 'bounds', lower: null, upper })
      return (await after({ type: 'integer', values: [1, 5] }, clip)).columns[0]!.type
    }
    expect([await typeAfter(3), await typeAfter(2.5)]).toEqual(['integer', 'number'])
  })

  it.each([
    [{ method: 'bounds', lower: null, upper: null }, 'neither a lower nor an upper bound'],
    [{ method: 'bounds', lower: 3, upper: 3 }, '3 is not below 3.'],
    [{ method: 'quantiles', quantiles: [99, 1] }, '99 is not below 1.'],
  ])('refuses bounds that make no sense: %o', async (params, says) => {
    await expect(after(number(1), step('clip', { columns: ['x'], ...params }))).rejects.toThrow(says)
  })
})

describe('binning', () => {
  const bin = (params: object) => step('bin', { columns: ['x'], ...params })

  it('names each bin after its edges', async () => {
    const { columns, x } = await after(
      number(0, 1, 9, null),
      bin({ method: 'edges', edges: [1, 2.5], output: 'one-hot' }),
    )
    expect(columns[0]!.elements).toEqual(['x=(-inf,1)', 'x=[1,2.5)', 'x=[2.5,inf)'])
    expect(x).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0])
  })

  it('has one bin where all train rows are the same', async () => {
    for (const method of ['equal-width', 'equal-count'])
      expect((await after(number(5, 5, null, 7), bin({ method, bins: 4 }), 1)).x).toEqual([
        0,
        0,
        Number.NaN,
        0,
      ])
  })

  it('refuses edges out of order, and infinite widths', async () => {
    await expect(after(number(1), bin({ method: 'edges', edges: [1, 3, 2] }))).rejects.toThrow(
      'The edge 2 does not lie above 3.',
    )
    await expect(after(number(-1.7e308, 1.7e308), bin({ method: 'equal-width', bins: 2 }))).rejects.toThrow(
      'so large',
    )
  })
})

describe('taking dates apart', () => {
  const table = () =>
    smallTable(context, { day: { type: 'date', values: [0, null] }, day_year: number(1, 2), n: number(3, 4) })

  it('puts the parts in the place of the date, which serving still takes', async () => {
    const taken = await appendSteps(context, await table(), [
      step('date-parts', { columns: ['day'], parts: ['month', 'hour'], since: '1969-12-31' }),
    ])
    expect(taken.columns.map(({ name, type }) => [name, type])).toEqual([
      ['day_year', 'number'],
      ['n', 'number'],
      ['day_month', 'integer'],
      ['day_days', 'number'],
    ])
    expect(await valuesOf(context, taken, { columns: ['day_month', 'day_days'] })).toEqual({
      day_month: [1, Number.NaN],
      day_days: [1, Number.NaN],
    })
  })

  it.each([
    [{ columns: ['day'], parts: ['year'] }, 'There is already a column “day_year”'],
    [{ columns: ['day'], parts: ['hour'] }, 'None of the parts can be made of the column “day”.'],
    [{ columns: ['n'], parts: ['year'] }, 'only dates have a year'],
    [{ columns: ['day'], parts: ['month'], since: '2023-02-29' }, '“2023-02-29” is no date.'],
  ])('says what is wrong: %o', async (params, says) => {
    await expect(appendSteps(context, await table(), [step('date-parts', params)])).rejects.toThrow(says)
  })
})
