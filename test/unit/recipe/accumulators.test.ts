import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CategoryCounts } from '../../../src/recipe/accumulators/category-counts.ts'
import { textsOf } from '../../../src/tables/coded-texts.ts'
import { CollectedValues } from '../../../src/recipe/accumulators/collected-values.ts'
import { MomentsAccumulator } from '../../../src/recipe/accumulators/moments.ts'
import { medianOf, quantileOf } from '../../../src/recipe/accumulators/quantile.ts'
import { QuantileAccumulator } from '../../../src/recipe/accumulators/quantile-accumulator.ts'
import { createRandom } from '../../../src/tables/random.ts'

const finite = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
  fc.integer({ min: -5, max: 5 }),
)
const many = fc.array(finite, { minLength: 1, maxLength: 300 })

describe('quantiles', () => {
  it('lie between the values that sorting puts next to them', () => {
    fc.assert(
      fc.property(many, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const sorted = values.toSorted((a, b) => a - b)
        const position = (values.length - 1) * share
        const low = sorted[Math.floor(position)]!
        const high = sorted[Math.ceil(position)]!
        const part = position - Math.floor(position)
        const found = quantileOf(Float64Array.from(values), share)
        expect(found).toBeGreaterThanOrEqual(low)
        expect(found).toBeLessThanOrEqual(high)
        expect(Math.abs(found - (low * (1 - part) + high * part))).toBeLessThanOrEqual(1e-9)
      }),
    )
  })

  it('at a half are the median', () => {
    fc.assert(
      fc.property(many, (values) => {
        const median = medianOf(Float64Array.from(values))
        expect(Math.abs(median - quantileOf(Float64Array.from(values), 0.5))).toBeLessThanOrEqual(1e-9)
      }),
    )
  })

  it('are found in orders that are unlucky for selecting', () => {
    const count = 20_001
    const orders: Record<string, (index: number) => number> = {
      ascending: (index) => index,
      descending: (index) => -index,
      'all equal': () => 7,
      'two values': (index) => index % 2,
      'up and down': (index) => Math.min(index, count - index),
      saw: (index) => index % 100,
    }
    for (const order of Object.values(orders)) {
      const values = Float64Array.from({ length: count }, (_, index) => order(index))
      const sorted = values.toSorted()
      expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantileOf(values, share))).toEqual(
        [0, 5000, 10_000, 15_000, 20_000].map((index) => sorted[index]),
      )
    }
  })

  it('of nothing are not a number', () => {
    expect([medianOf(new Float64Array()), quantileOf(new Float64Array(), 0.3)]).toEqual([
      Number.NaN,
      Number.NaN,
    ])
  })

  it('are of all values that were collected', () => {
    const values = new CollectedValues()
    for (let value = 0; value < 10_000; value++) values.add(value)
    expect(medianOf(values.all())).toBe(4999.5)
  })
})

describe('quantiles of more values than are held', () => {
  const count = 600_001
  const random = createRandom(1, 'quantiles')
  const orders: Readonly<Record<string, (index: number) => number>> = {
    'in any order': () => random.unit(),
    'with many equal ones': () => random.below(7),
    'of two values': () => random.below(2),
    ascending: (index) => index,
    descending: (index) => -index,
    'first small, then large': (index) => (index < 300_000 ? random.unit() : 10 + random.unit()),
    'all equal': () => 3,
  }
  const shares = [0, 0.005, 0.25, 0.5, 0.9, 1]

  it.each(Object.keys(orders))('are exact: %s', (order) => {
    const values = Float64Array.from({ length: count }, (_, index) => orders[order]!(index))
    const quantiles = new QuantileAccumulator(shares)
    do {
      for (let from = 0; from < count; from += 4096) quantiles.add(values.subarray(from, from + 4096))
    } while (quantiles.again())
    const found = shares.map((share) => quantiles.quantile(share))
    expect([...found, quantiles.median()]).toEqual([
      ...shares.map((share) => quantileOf(values, share)),
      medianOf(values),
    ])
  })
})

describe('mean and variance', () => {
  it('are exact for an arithmetic sequence far from zero', () => {
    const moments = new MomentsAccumulator()
    const count = 100_000
    for (let index = 0; index < count; index++) moments.add(1e9 + index)
    const { mean, squares } = moments.finish()
    expect(mean).toBe(1e9 + (count - 1) / 2)
    expect(squares / count / ((count ** 2 - 1) / 12) - 1).toBeCloseTo(0, 13)
  })

  it('of nothing have no count', () => {
    expect(new MomentsAccumulator().finish()).toEqual({ count: 0, mean: 0, squares: 0 })
  })
})

describe('counts of categories', () => {
  it('are in the order of code points, as Python’s', () => {
    const counts = new CategoryCounts()
    counts.addColumn(['\ufb01', '\u{1f600}', 'b', 'a', '', 'Z', 'a', 'é', 'ab'])
    expect(counts.sorted().map(({ category }) => category)).toEqual([
      'Z',
      'a',
      'ab',
      'b',
      'é',
      '\ufb01',
      '\u{1f600}',
    ])
    expect([counts.nulls, counts.rows, counts.mostFrequent()]).toEqual([1, 9, 'a'])
  })

  it('take the first of equally frequent ones', () => {
    const counts = new CategoryCounts()
    counts.addColumn(Float64Array.of(10, 9, Number.NaN, -0, 9, 10, 0))
    expect(counts.mostFrequent()).toBe(0)
  })

  it('are counted by codes as one by one, whatever lists of texts there are', () => {
    const texts = ['', 'b', 'a', 'b']
    const columns = [
      { codes: Uint32Array.of(3, 0, 1, 2, 1), texts },
      { codes: Uint32Array.of(1, 0, 1), texts: ['c', ''] },
      { codes: Uint32Array.of(4, 0, 2), texts },
    ]
    const byCode = new CategoryCounts()
    const oneByOne = new CategoryCounts()
    for (const column of columns) {
      // The list grows while it is read.
      if (column.texts === texts) texts.push(`new ${texts.length}`)
      byCode.addColumn(column)
      oneByOne.addColumn(textsOf(column))
    }
    expect(byCode.sorted()).toEqual(oneByOne.sorted())
    expect([byCode.rows, byCode.nulls]).toEqual([oneByOne.rows, oneByOne.nulls])
    expect(byCode.sorted()[1]).toEqual({ category: 'b', count: 3 })
  })
})
