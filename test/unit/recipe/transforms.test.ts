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

/** The column “x” after a step, for all rows; the last `test` of them are no train rows. */
async function after(
  column: SmallColumn,
  applied: StepToAppend,
  { test = 0, read = 'x' }: { test?: number; read?: string } = {},
): Promise<(number | string)[]> {
  const table = await smallTable(context, { x: column }, { test })
  const fitted = await appendSteps(context, table, [applied])
  return (await valuesOf(context, fitted, { columns: [read] }))[read]!
}

const number = (...values: (number | null)[]): SmallColumn => ({ type: 'number', values })
const text = (...values: (string | null)[]): SmallColumn => ({ type: 'text', values })
const day = (iso: string): number => Date.parse(`${iso}T00:00:00Z`)

describe('imputing', () => {
  const impute = (strategy: string, more: object = {}) =>
    step('impute', { columns: ['x'], strategy, ...more })

  it('learns from train rows alone', async () => {
    expect(await after(number(1, null, 3, 1000, null), impute('mean'), { test: 2 })).toEqual([
      1, 2, 3, 1000, 2,
    ])
  })

  it('gives whole days for dates, and whole milliseconds for times', async () => {
    const dates = [day('2024-01-01'), day('2024-01-04'), null]
    expect(await after({ type: 'date', values: dates }, impute('mean'))).toEqual([
      ...dates.slice(0, 2),
      day('2024-01-03'),
    ])
    expect(await after({ type: 'datetime', values: [1, 2, null] }, impute('median'))).toEqual([1, 2, 2])
  })

  it('takes constants of the column’s own type', async () => {
    const constant = (value: unknown) => impute('constant', { value })
    expect(await after({ type: 'boolean', values: [0, null] }, constant(true))).toEqual([0, 1])
    expect(await after({ type: 'date', values: [0, null] }, constant('2024-02-29'))).toEqual([
      0,
      day('2024-02-29'),
    ])
    expect(await after({ type: 'datetime', values: [null] }, constant('2024-02-29T12:00:00.5'))).toEqual([
      day('2024-02-29') + 43_200_500,
    ])
    expect(await after(text('', 'a'), constant('nothing'))).toEqual(['nothing', 'a'])
    await expect(after({ type: 'integer', values: [1] }, constant(1.5))).rejects.toThrow(
      '1.5 cannot stand in the column “x”',
    )
    await expect(after({ type: 'date', values: [1] }, constant('2024-02-30'))).rejects.toThrow(
      'cannot stand in',
    )
    await expect(after(text('a'), impute('constant'))).rejects.toThrow('Nothing cannot stand in')
  })

  it('fills with a constant what has no value in any row, and no rows at all', async () => {
    expect(await after(number(null, null), impute('constant', { value: 7 }))).toEqual([7, 7])
    expect(await after(number(null), impute('constant', { value: 7 }), { test: 1 })).toEqual([7])
  })

  it('says of one row whether it was missing', async () => {
    const indicated = impute('constant', { value: 0, indicator: true })
    expect(await after(number(null), indicated, { read: 'x_missing' })).toEqual([1])
    expect(
      await after(text('a'), impute('constant', { value: 'b', indicator: true }), { read: 'x_missing' }),
    ).toEqual([0])
  })

  it('passes infinities on where they are, and refuses to learn from them', async () => {
    expect(await after(number(1, null, Infinity), impute('median'), { test: 1 })).toEqual([1, 1, Infinity])
    for (const strategy of ['mean', 'median', 'most-frequent'])
      await expect(after(number(-Infinity, -Infinity), impute(strategy))).rejects.toThrow(
        'The column “x” holds infinite numbers',
      )
  })

  it('refuses means of texts, and columns that are not its business', async () => {
    await expect(after(text('a'), impute('mean'))).rejects.toThrow(
      'The column “x” holds text: it has no mean.',
    )
    await expect(after({ ...number(1), role: 'target' }, impute('mean'))).rejects.toThrow('“x” is the target')
    await expect(after(number(1), step('impute', { columns: ['y'], strategy: 'mean' }))).rejects.toThrow(
      'There is no column “y” here.',
    )
    await expect(after(number(1), step('impute', { columns: ['x', 'x'], strategy: 'mean' }))).rejects.toThrow(
      'named twice',
    )
  })
})

describe('scaling', () => {
  const scale = (method: string, more: object = {}) => step('scale', { columns: ['x'], method, ...more })

  it.each(['standard', 'min-max', 'robust'])(
    'only shifts a constant column, and a single row: %s',
    async (method) => {
      expect(await after(number(5, 5, null, 7), scale(method), { test: 1 })).toEqual([0, 0, Number.NaN, 2])
      expect(await after(number(5), scale(method))).toEqual([0])
    },
  )

  it('scales booleans and dates as the numbers they are', async () => {
    expect(
      await after({ type: 'boolean', values: [0, 1, null] }, scale('min-max', { range: [-1, 1] })),
    ).toEqual([-1, 1, Number.NaN])
  })

  it('subtracts and divides by numbers that float32 takes for 0 and 1', async () => {
    const [low, high] = [1e-50, 1e-50 + 1.000_000_01]
    expect(await after(number(low, high, 3), scale('min-max'), { test: 1 })).toEqual([
      0,
      1,
      (3 - low) / (high - low),
    ])
  })

  it('refuses infinities, spreads that overflow, and texts', async () => {
    await expect(after(number(1, Infinity), scale('standard'))).rejects.toThrow('holds infinite numbers')
    await expect(after(number(-1.7e308, 1.7e308), scale('min-max'))).rejects.toThrow('so large')
    await expect(after(text('a'), scale('robust'))).rejects.toThrow('only numbers can be scaled')
    await expect(after(number(1), scale('min-max', { range: [1, 1] }))).rejects.toThrow('1 is not below 1.')
  })
})

describe('encoding', () => {
  const oneHot = (more: object = {}) => step('encode', { method: 'one-hot', columns: ['x'], ...more })
  const ordinal = (more: object = {}) => step('encode', { method: 'ordinal', columns: ['x'], ...more })

  const elementsAfter = async (column: SmallColumn, applied: StepToAppend): Promise<string[] | undefined> => {
    const table = await appendSteps(context, await smallTable(context, { x: column }), [applied])
    return table.columns[0]!.elements
  }

  it('names elements after the values as people write them', async () => {
    expect(await elementsAfter({ type: 'boolean', values: [1, 0, null] }, oneHot())).toEqual([
      'x=false',
      'x=true',
      'x=(null)',
    ])
    expect(await elementsAfter({ type: 'date', values: [day('2024-05-01')] }, oneHot())).toEqual([
      'x=2024-05-01',
    ])
    expect(await elementsAfter({ type: 'integer', values: [10, 9] }, oneHot())).toEqual(['x=9', 'x=10'])
    expect(await elementsAfter(text('', 'a', 'a', 'b'), oneHot({ minCount: 2 }))).toEqual(['x=a', 'x=(rare)'])
  })

  it('gives all zeros for a null that is ignored', async () => {
    expect(await after(text('a', null, 'b'), oneHot({ nulls: 'ignore' }))).toEqual([1, 0, 0, 0, 0, 1])
  })

  it('counts as rare what it has never seen, or ignores it', async () => {
    const column = text('a', 'a', 'b', 'new', null)
    const rare = { minCount: 2 }
    expect(await after(column, oneHot(rare), { test: 2 })).toEqual([1, 0, 1, 0, 0, 1, 0, 1, 0, 1])
    expect(await after(column, oneHot({ ...rare, unknown: 'ignore' }), { test: 2 })).toEqual([
      1, 0, 1, 0, 0, 1, 0, 0, 0, 0,
    ])
  })

  it('may leave a constant column without any element', async () => {
    const table = await smallTable(context, { x: text('a', 'a'), y: text('b', 'c') })
    const applied = step('encode', { method: 'one-hot', columns: ['x', 'y'], drop: 'first' })
    const encoded = await appendSteps(context, table, [applied])
    expect(encoded.columns.map(({ elements }) => elements)).toEqual([[], ['y=c']])
    expect(await valuesOf(context, encoded, { columns: ['x', 'y'] })).toEqual({ x: [], y: [0, 1] })
    expect(await valuesOf(context, encoded, { columns: ['x'] })).toEqual({ x: [] })
  })

  it('keeps a null as null in ordinal codes, seen before or not', async () => {
    expect(await after(text('b', 'a', null), ordinal(), { test: 1 })).toEqual([1, 0, Number.NaN])
    expect(await after(number(7, null, 3), ordinal({ unknown: 'null' }))).toEqual([1, Number.NaN, 0])
  })

  it('needs no rows for an order that is given', async () => {
    const orders = [[true, false]]
    expect(await after({ type: 'boolean', values: [1, 0] }, ordinal({ orders }), { test: 2 })).toEqual([0, 1])
    await expect(after(text('a'), ordinal({ orders: [['a', 1]] }))).rejects.toThrow('1 cannot be a category')
    await expect(after(text('a'), ordinal({ orders: [['a', 'a']] }))).rejects.toThrow(
      'names a category twice',
    )
  })

  it('says so where there is nothing to encode, or too much', async () => {
    await expect(after(text(null), oneHot({ nulls: 'ignore' }))).rejects.toThrow('it has no categories')
    expect(await elementsAfter(text(null), oneHot())).toEqual(['x=(null)'])
    await expect(after(number(null), ordinal())).rejects.toThrow('has no value in any train row')
    const many = { type: 'integer' as const, values: Array.from({ length: 10_001 }, (_, index) => index) }
    await expect(after(many, oneHot())).rejects.toThrow(
      'has 10001 categories; one-hot encoding ends at 10000.',
    )
    expect(await elementsAfter(many, oneHot({ maxCategories: 3 }))).toEqual(['x=9999', 'x=10000', 'x=(rare)'])
    await expect(after(number(Infinity), oneHot())).rejects.toThrow('holds infinite numbers')
  })
})

describe('every fitted transform', () => {
  const steps = [
    step('impute', { columns: ['x'], strategy: 'median' }),
    step('scale', { columns: ['x'], method: 'standard' }),
    step('encode', { columns: ['x'], method: 'one-hot' }),
  ]
  it.each(steps)('says so when there are no train rows: $transform', async (applied) => {
    await expect(after(number(1), applied, { test: 1 })).rejects.toThrow(
      'There are no train rows to learn from.',
    )
    await expect(after(number(), applied)).rejects.toThrow('There are no train rows to learn from.')
  })

  it.each(steps.slice(0, 2))('says so when a column has no value: $transform', async (applied) => {
    await expect(after(number(null, null), applied)).rejects.toThrow(
      'The column “x” has no value in any train row',
    )
  })
})

describe('casting', () => {
  const cast = (to: string) => step('cast', { columns: ['x'], to })

  const cases: [string, SmallColumn, string, (number | string)[]][] = [
    [
      'numbers to the nearest whole number, halves to the even one',
      number(0.5, 1.5, -2.5, 2.4999, null, Infinity),
      'integer',
      [0, 2, -2, 2, Number.NaN, Number.NaN],
    ],
    ['zero to false', number(0, -0, 0.1, -3, null), 'boolean', [0, 0, 1, 1, Number.NaN]],
    ['truth to numbers', { type: 'boolean', values: [1, 0, null] }, 'integer', [1, 0, Number.NaN]],
    ['truth to words', { type: 'boolean', values: [1, 0, null] }, 'text', ['true', 'false', '']],
    [
      'whole numbers to digits',
      { type: 'integer', values: [0, -5, 1e15, 9_007_199_254_740_991, null] },
      'text',
      ['0', '-5', '1000000000000000', '9007199254740991', ''],
    ],
    [
      'times to the day they are in',
      { type: 'datetime', values: [day('2024-05-02') - 1, day('2024-05-02'), -1, 253_402_300_799_999, null] },
      'date',
      [day('2024-05-01'), day('2024-05-02'), -86_400_000, day('9999-12-31'), Number.NaN],
    ],
    [
      'days to the midnight they begin with',
      { type: 'date', values: [86_400_000, null] },
      'datetime',
      [86_400_000, Number.NaN],
    ],
    ['milliseconds to times', number(1.4, null), 'datetime', [1, Number.NaN]],
    ['a type to itself', text('a', ''), 'text', ['a', '']],
  ]
  it.each(cases)('turns %s', async (_title, column, to, expected) => {
    expect(await after(column, cast(to))).toEqual(expected)
  })

  it.each([
    ['text', 'number', 'a model cannot read other types out of a text'],
    ['number', 'text', 'a model would write 0.1 as 0.10000000000000001'],
    ['date', 'text', 'a model cannot write dates'],
    ['boolean', 'date', 'they are no dates'],
    ['date', 'boolean', 'no date is true or false'],
  ] as const)('refuses %s to %s with the reason', async (type, to, reason) => {
    await expect(after({ type, values: [null] }, cast(to))).rejects.toThrow(reason)
  })

  it('leaves the target to be cast', async () => {
    const table = await smallTable(context, { x: { type: 'integer', values: [1], role: 'target' } })
    const { columns } = await appendSteps(context, table, [cast('text')])
    expect(columns).toEqual([{ name: 'x', type: 'text', role: 'target', origin: 'recipe' }])
  })
})

describe('deriving', () => {
  it('computes a column from others, which the next step may use', async () => {
    const table = await smallTable(context, { x: number(1, 2, null), t: text('a', 'b', '') })
    const derived = await appendSteps(context, table, [
      step('derive', { column: 'double', expression: 'x * 2' }),
      step('derive', { column: 'x', expression: 'double + 1' }),
      step('scale', { columns: ['x'], method: 'min-max' }),
    ])
    expect(derived.columns.map(({ name, origin }) => [name, origin])).toEqual([
      ['x', 'recipe'],
      ['t', 'start'],
      ['double', 'recipe'],
    ])
    expect(await valuesOf(context, derived, { columns: ['double', 'x', 't'] })).toEqual({
      double: [2, 4, Number.NaN],
      x: [0, 1, Number.NaN],
      t: ['a', 'b', ''],
    })
  })

  it('refuses what is no expression, or the same in every row', async () => {
    await expect(after(number(1), step('derive', { column: 'y', expression: 'x +' }))).rejects.toMatchObject({
      code: 'recipe.not-applicable',
    })
    await expect(after(number(1), step('derive', { column: 'y', expression: '1 + 1' }))).rejects.toThrow(
      'is the same for every row',
    )
  })
})
