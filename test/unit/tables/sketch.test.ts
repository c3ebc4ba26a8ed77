import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom, shuffle } from '../../../src/tables/random.ts'
import { DistinctCounter } from '../../../src/tables/sketch/distinct-counter.ts'
import { FrequentValues } from '../../../src/tables/sketch/frequent-values.ts'
import { Moments } from '../../../src/tables/sketch/moments.ts'
import { QuantileSketch, quantilesOf } from '../../../src/tables/sketch/quantile-sketch.ts'
import { sketchSchema } from '../../../src/core/sketch-schema.ts'
import { sketchShares } from '../../../src/core/sketch-shares.ts'
import { sketchOf, TableSketcher } from '../../../src/tables/sketch.ts'

const chunksOf = (values: Float64Array, size = 4096): Float64Array[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  )

describe('moments', () => {
  test('are those of the closed form for 0 to n - 1, however they are cut', () => {
    const n = 300_000
    const values = Float64Array.from({ length: n }, (_, index) => index)
    for (const size of [1, 1000, 4096, n]) {
      const moments = new Moments()
      for (const chunk of chunksOf(values, size)) moments.add(chunk)
      expect(moments).toMatchObject({ count: n, min: 0, max: n - 1 })
      expect(moments.mean).toBeCloseTo((n - 1) / 2, 6)
      expect(moments.standardDeviation / Math.sqrt((n * (n + 1)) / 12)).toBeCloseTo(1, 12)
    }
  })

  test('lose nothing far from zero', () => {
    const moments = new Moments()
    for (let chunk = 0; chunk < 100; chunk++) moments.add(Float64Array.of(1e9, 1e9 + 1, 1e9 + 2))
    // The variance of 0, 1, 2 a hundred times over: 200 / 299.
    expect(moments.standardDeviation).toBeCloseTo(Math.sqrt(200 / 299), 9)
  })
})

describe('quantiles', () => {
  const n = 400_000
  const orders: Record<string, Float64Array> = {
    ascending: Float64Array.from({ length: n }, (_, index) => index),
    descending: Float64Array.from({ length: n }, (_, index) => n - 1 - index),
    random: shuffle(
      Float64Array.from({ length: n }, (_, index) => index),
      createRandom(5),
    ),
    'in waves': Float64Array.from({ length: n }, (_, index) => (index * 7919) % n),
  }

  test.each(Object.entries(orders))('of numbers in %s order have ranks within 0.23 %', (_, values) => {
    const whole = new QuantileSketch()
    for (const chunk of chunksOf(values)) whole.add(chunk)
    const halves = [new QuantileSketch(), new QuantileSketch()] as const
    for (const [index, chunk] of chunksOf(values).entries()) halves[index % 2]!.add(chunk)
    halves[0].merge(halves[1])
    for (const sketch of [whole, halves[0]]) {
      const weighted = sketch.weightedValues()
      expect(weighted.weights.reduce((sum, weight) => sum + weight, 0)).toBe(n)
      for (const [index, value] of quantilesOf(weighted, sketchShares).entries()) {
        expect(Math.abs(value / n - sketchShares[index]!)).toBeLessThan(0.0023)
      }
    }
  })

  test('of few numbers are exact', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
          { minLength: 1, maxLength: 300 },
        ),
        (list) => {
          const sketch = new QuantileSketch()
          sketch.add(Float64Array.from(list))
          const sorted = Float64Array.from(list).sort()
          expect(quantilesOf(sketch.weightedValues(), sketchShares)).toEqual(
            sketchShares.map((share) => sorted[Math.max(0, Math.ceil(share * list.length - 1e-9) - 1)]),
          )
        },
      ),
    )
  })
})

describe('distinct counts', () => {
  test('are the same of numbers one by one and together', () => {
    const [single, together] = [new DistinctCounter(), new DistinctCounter()]
    const values = Float64Array.from({ length: 50_000 }, (_, index) => index / 7)
    for (const value of values) single.add(value)
    for (const chunk of chunksOf(values, 999)) together.addNumbers(chunk)
    expect(together).toEqual(single)
    expect(together.estimate).toBe(single.estimate)
  })

  test.each([100, 5_000, 20_000, 300_000])(
    'of %i different values are within three standard errors',
    (count) => {
      const numbers = new DistinctCounter()
      const texts = new DistinctCounter()
      const parts = [new DistinctCounter(), new DistinctCounter()] as const
      for (let index = 0; index < count * 2; index++) {
        const value = index % count
        numbers.add(value / 3)
        texts.add(`customer ${value}`)
        parts[index & 1]!.add(value * 1000)
      }
      parts[0].merge(parts[1])
      for (const counter of [numbers, texts, parts[0]]) {
        expect(Math.abs(counter.estimate / count - 1)).toBeLessThan(3 * 0.0163)
      }
    },
  )
})

describe('frequent values', () => {
  const countsOf = (values: readonly number[]): Map<number, number> => {
    const counts = new Map<number, number>()
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    return counts
  }

  const stream = (length: number, seed: number): number[] => {
    const random = createRandom(seed)
    // Half of the stream are ten values, the rest hardly repeats.
    return Array.from({ length }, () => (random.below(2) ? random.below(10) : 10 + random.below(1e9)))
  }

  test('are counted within their bound, also merged', () => {
    const values = stream(200_000, 3)
    const truth = new Map<number, number>()
    const parts = [new FrequentValues<number>(), new FrequentValues<number>()] as const
    for (const [index, value] of values.entries()) {
      truth.set(value, (truth.get(value) ?? 0) + 1)
      parts[index < 50_000 ? 0 : 1].add(value)
    }
    parts[0].merge(parts[1])
    expect(parts[0].missed).toBeLessThanOrEqual(values.length / (FrequentValues.CAPACITY + 1))
    const top = parts[0].top(10)
    expect(top.map(({ value }) => value).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    for (const { value, count } of top) {
      expect(count).toBeLessThanOrEqual(truth.get(value)!)
      expect(count).toBeGreaterThanOrEqual(truth.get(value)! - parts[0].missed)
    }
  })

  test('are counted within their bound batch by batch, and exactly up to the capacity', () => {
    const capacity = FrequentValues.CAPACITY
    const random = createRandom(4)
    for (const different of [5, capacity, capacity + 1, 1500, 1e6]) {
      const values = Array.from({ length: 60_000 }, (_, index) =>
        // A tenth of the stream is one value.
        index < Math.min(different, capacity + 1)
          ? index
          : random.below(10) === 0
            ? 3
            : random.below(different),
      )
      const counted = new FrequentValues<number>()
      const truth = countsOf(values)
      for (let start = 0; start < values.length; start += 2048) {
        const batch = countsOf(values.slice(start, start + 2048))
        counted.addBatch({ values: [...batch.keys()], counts: Uint32Array.from(batch.values()) })
      }
      expect(counted.isExact).toBe(different <= capacity)
      expect(counted.missed).toBeLessThanOrEqual(values.length / (capacity + 1))
      expect(counted.size).toBeLessThanOrEqual(capacity)
      expect(counted.isExact ? counted.size : different).toBe(different)
      const top = counted.top(capacity)
      expect(top[0]!.value).toBe(3)
      for (const { value, count } of top) {
        expect(count).toBeLessThanOrEqual(truth.get(value)!)
        expect(count).toBeGreaterThanOrEqual(truth.get(value)! - counted.missed)
      }
    }
  })

  test('are exact for few different values, equal counts in order', () => {
    const values = new FrequentValues<string>()
    for (const value of ['b', 'a', 'c', 'c']) values.add(value)
    expect(values.isExact).toBe(true)
    expect(values.top(3)).toEqual([
      { value: 'c', count: 2 },
      { value: 'a', count: 1 },
      { value: 'b', count: 1 },
    ])
  })
})

describe('the sketch of a table', () => {
  const columns = [
    { name: 'age', type: 'integer' },
    { name: 'city', type: 'text' },
    { name: 'none', type: 'number' },
  ] as const
  const chunk = {
    rows: 6,
    columns: {
      age: Float64Array.of(30, 40, NaN, 40, Infinity, 50),
      city: ['Rome', '', 'Oslo', 'Rome', 'x'.repeat(200), 'Oslo'],
      none: new Float64Array(6).fill(NaN),
    },
  }

  test('says what is in its columns', async () => {
    const sketch = await sketchOf({ columns, chunks: [chunk] })
    expect(sketchSchema.parse(JSON.parse(JSON.stringify(sketch)))).toEqual(sketch)
    expect(sketch.rows).toBe(6)
    expect(sketch.columns).toMatchObject([
      {
        name: 'age',
        nulls: 1,
        infinite: 1,
        distinct: { count: 3, isExact: true },
        top: [
          { value: 40, count: 2 },
          { value: 30, count: 1 },
          { value: 50, count: 1 },
        ],
        numbers: { min: 30, max: 50, mean: 40, isExact: true },
      },
      {
        name: 'city',
        nulls: 1,
        distinct: { count: 3, isExact: true },
        top: [
          { value: 'Oslo', count: 2 },
          { value: 'Rome', count: 2 },
          { value: `${'x'.repeat(100)}…`, count: 1 },
        ],
        lengths: { min: 4, max: 200 },
      },
      { name: 'none', nulls: 6, distinct: { count: 0 }, numbers: null },
    ])
    const [age] = sketch.columns
    expect(age).toMatchObject({ numbers: { histogram: { counts: expect.arrayContaining([1, 2]) } } })
  })

  test('is the same of texts and of their codes', async () => {
    const random = createRandom(6)
    const texts = ['', ...Array.from({ length: 1000 }, (_, index) => 'x'.repeat(index % 30) + index), 'x1']
    const chunks = Array.from({ length: 4 }, () =>
      Uint32Array.from({ length: 4096 }, () => random.below(1002)),
    )
    const city = [{ name: 'city', type: 'text' }] as const
    const coded = await sketchOf({
      columns: city,
      chunks: chunks.map((codes) => ({ rows: codes.length, columns: { city: { codes, texts } } })),
    })
    const plain = await sketchOf({
      columns: city,
      chunks: chunks.map((codes) => ({
        rows: codes.length,
        columns: { city: Array.from(codes, (code) => texts[code]!) },
      })),
    })
    expect(coded).toEqual(plain)
    expect(coded.columns[0]!.nulls).toBeGreaterThan(0)
    expect(coded.columns[0]!.distinct).toEqual({ count: 1000, isExact: true })
  })

  test('counts exactly over many batches, and keeps its bounds beyond, also merged', async () => {
    const random = createRandom(8)
    const rows = 40_000
    const age = Float64Array.from({ length: rows }, () => random.below(1000))
    const none = Float64Array.from({ length: rows }, (_, row) => (row % 4 === 0 ? 0.5 : row + random.unit()))
    const numeric = [
      { name: 'age', type: 'integer' },
      { name: 'none', type: 'number' },
    ] as const
    const chunks = chunksOf(age).map((values, index) => ({
      rows: values.length,
      columns: { age: values, none: none.slice(index * 4096, (index + 1) * 4096) },
    }))
    const parts = [new TableSketcher(numeric), new TableSketcher(numeric)] as const
    for (const [index, each] of chunks.entries()) parts[index % 3 === 0 ? 0 : 1].add(each)
    parts[0].merge(parts[1])
    for (const { columns: sketched } of [await sketchOf({ columns: numeric, chunks }), parts[0].finish()]) {
      expect(sketched[0]).toMatchObject({ distinct: { count: 1000, isExact: true }, topMissed: 0 })
      for (const { value, count } of sketched[0]!.top)
        expect(count).toBe(age.filter((each) => each === value).length)
      const { distinct, top, topMissed } = sketched[1]!
      expect(topMissed).toBeLessThanOrEqual(rows / 1000)
      expect(Math.abs(distinct.count / 30_001 - 1)).toBeLessThan(3 * 0.0163)
      expect(top[0]!.value).toBe(0.5)
      expect(top[0]!.count).toBeGreaterThanOrEqual(rows / 4 - topMissed)
      expect(top.length).toBeGreaterThan(1)
    }
  })

  test('is the same in one piece and merged, and holds any number', async () => {
    const extremes = {
      rows: 2,
      columns: {
        ...chunk.columns,
        age: Float64Array.of(1.7e308, -1.7e308),
        city: ['a', 'b'],
        none: Float64Array.of(-0, 0),
      },
    }
    const whole = await sketchOf({ columns, chunks: [chunk, extremes] })
    const parts = [new TableSketcher(columns), new TableSketcher(columns)] as const
    parts[0].add(chunk)
    parts[1].add(extremes)
    parts[0].merge(parts[1])
    expect(parts[0].finish()).toEqual(whole)
    expect(sketchSchema.safeParse(JSON.parse(JSON.stringify(whole))).success).toBe(true)
    expect(whole.columns[2]).toMatchObject({ distinct: { count: 1 }, top: [{ value: 0, count: 2 }] })
  })
})
