import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apportion } from '../../../src/tables/apportion.ts'
import { createRandom, shuffle, xoshiro128StarStar } from '../../../src/tables/random.ts'
import { splitRows } from '../../../src/tables/split-rows.ts'
import { stratify } from '../../../src/tables/stratify.ts'

const sharesArbitrary = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }))
  .map(([train, validation, test]) => {
    const sum = train + validation + test
    return { train: train / sum, validation: validation / sum, test: test / sum }
  })
const halves = { train: 0.5, validation: 0, test: 0.5 }
const eightTwo = { train: 0.8, validation: 0, test: 0.2 }

const sizes = (parts: Uint8Array): number[] =>
  [0, 1, 2].map((part) => parts.filter((value) => value === part).length)

describe('a random sequence', () => {
  test('is that of the published generator', () => {
    // The first outputs of the reference C code (prng.di.unimi.it) from the state 1, 2, 3, 4.
    const state = Uint32Array.of(1, 2, 3, 4)
    expect(Array.from({ length: 6 }, () => xoshiro128StarStar(state))).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492,
    ])
  })

  test('is even over its range', () => {
    const random = createRandom(1)
    const counts = Array.from({ length: 10 }, () => 0)
    for (let draw = 0; draw < 100_000; draw++) counts[random.below(10)]! += 1
    // Chi-square with 9 degrees of freedom: 27.9 is exceeded once in a thousand times.
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chiSquare).toBeLessThan(27.9)
  })

  test('differs by seed and by stream, and repeats', () => {
    const draw = (seed: number, stream: string) => {
      const random = createRandom(seed, stream)
      return Array.from({ length: 4 }, () => random.below(2 ** 32))
    }
    expect(draw(1, 'a')).toEqual(draw(1, 'a'))
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'))
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'))
  })

  test('shuffles to every order equally often', () => {
    const random = createRandom(3)
    const counts = new Map<string, number>()
    for (let draw = 0; draw < 60_000; draw++) {
      const order = shuffle([0, 1, 2], random).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(counts.size).toBe(6)
    expect(chiSquare).toBeLessThan(20.5)
  })
})

describe('a split by chance', () => {
  test('has the exact sizes of the largest remainders', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), sharesArbitrary, fc.integer(), (rows, shares, seed) => {
        const wanted = apportion(rows, [shares.train, shares.validation, shares.test])
        expect(wanted.reduce((sum, count) => sum + count)).toBe(rows)
        for (const [part, share] of [shares.train, shares.validation, shares.test].entries()) {
          expect(Math.abs(wanted[part]! - share * rows)).toBeLessThan(1)
        }
        fc.pre(wanted[0] > 0)
        expect(sizes(splitRows({ by: 'chance', rows, shares, seed }))).toEqual(wanted)
      }),
    )
  })

  test('repeats with the seed and differs with another', () => {
    const split = (seed: number) => splitRows({ by: 'chance', rows: 100, shares: halves, seed })
    expect(split(1)).toEqual(split(1))
    expect(split(1)).not.toEqual(split(2))
  })

  test.each([
    [{ by: 'chance', rows: 0, shares: halves, seed: 1 } as const, 'split.no-rows'],
    [
      { by: 'chance', rows: 1, shares: { train: 0.4, validation: 0, test: 0.6 }, seed: 1 } as const,
      'split.empty-train',
    ],
    [
      { by: 'chance', rows: 9, shares: { train: 0.4, validation: 0, test: 0.5 }, seed: 1 } as const,
      'split.shares',
    ],
    [
      { by: 'chance', rows: 9, shares: { train: NaN, validation: 0, test: 0.5 }, seed: 1 } as const,
      'split.shares',
    ],
  ])('refuses what cannot be done: %o', (method, code) => {
    expect(() => splitRows(method)).toThrow(expect.objectContaining({ code }))
  })
})

describe('a split by class', () => {
  test('keeps class shares and the sizes of the whole, each to within a row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 60 }),
        sharesArbitrary,
        (classSizes, shares) => {
          const byPart = [shares.train, shares.validation, shares.test] as const
          const counts = stratify(classSizes, byPart)
          const total = classSizes.reduce((sum, size) => sum + size)
          for (const [index, count] of counts.entries()) {
            expect(count[0] + count[1] + count[2]).toBe(classSizes[index])
            for (const [part, share] of byPart.entries()) {
              expect(Math.abs(count[part]! - share * classSizes[index]!)).toBeLessThan(1)
            }
          }
          const sums = [0, 1, 2].map((part) => counts.reduce((sum, count) => sum + count[part]!, 0))
          expect(sums).toEqual(apportion(total, byPart))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('gives 20 % of each class to test where the classes can be divided so', () => {
    const values = Array.from({ length: 1000 }, (_, row) => (row % 10 === 0 ? 'rare' : row % 2 ? 'a' : 'b'))
    const parts = splitRows({ by: 'class', values, shares: eightTwo, seed: 5 })
    const testRows = values.filter((_, row) => parts[row] === 2)
    expect(['rare', 'a', 'b'].map((name) => testRows.filter((value) => value === name).length)).toEqual([
      20, 100, 80,
    ])
  })

  test('spreads many tiny classes over the parts instead of rounding each the same way', () => {
    const values = Array.from({ length: 2000 }, (_, row) => String(row % 1000))
    expect(sizes(splitRows({ by: 'class', values, shares: eightTwo, seed: 1 }))).toEqual([1600, 0, 400])
  })

  test('trains on a class of one row', () => {
    const values = [...Array.from({ length: 10 }, () => 'often'), 'once', '']
    const parts = splitRows({ by: 'class', values, shares: halves, seed: 1 })
    expect([parts[10], parts[11]]).toEqual([0, 0])
    expect(sizes(parts)).toEqual([7, 0, 5])
  })

  test('refuses a column in which no value repeats', () => {
    expect(() => splitRows({ by: 'class', values: ['a', 'b', 'c'], shares: halves, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'split.only-single-rows' }),
    )
  })
})

describe('a split by group', () => {
  test('keeps groups whole and sizes as near as the groups allow', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 120 }),
        sharesArbitrary,
        fc.integer(),
        (groups, shares, seed) => {
          const values = Float64Array.from(groups)
          const distinct = new Set(groups)
          const wantedParts = Object.values(shares).filter((share) => share > 0).length
          fc.pre(distinct.size >= wantedParts)
          const parts = splitRows({ by: 'group', values, shares, seed })
          for (const group of distinct) {
            expect(new Set(parts.filter((_, row) => groups[row] === group)).size).toBe(1)
          }
          expect(sizes(parts).filter((size) => size > 0)).toHaveLength(wantedParts)
          expect(splitRows({ by: 'group', values, shares, seed })).toEqual(parts)
        },
      ),
    )
  })

  test('comes to the exact sizes where equal groups allow it', () => {
    const values = Float64Array.from({ length: 100 }, (_, row) => row % 20)
    expect(sizes(splitRows({ by: 'group', values, shares: eightTwo, seed: 9 }))).toEqual([80, 0, 20])
  })

  test('refuses fewer groups than parts', () => {
    expect(() => splitRows({ by: 'group', values: ['a', 'a'], shares: halves, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'split.too-few-groups' }),
    )
  })
})

describe('a split by order', () => {
  test('puts the latest rows into test', () => {
    const values = Float64Array.from([5, 3, 9, 1, 7, 2, 8, 4, 6, 0])
    const shares = { train: 0.6, validation: 0.2, test: 0.2 }
    expect([...splitRows({ by: 'order', values, rows: 10, shares })]).toEqual([0, 0, 2, 0, 1, 0, 2, 0, 1, 0])
    expect([...splitRows({ by: 'order', values: null, rows: 5, shares })]).toEqual([0, 0, 0, 1, 2])
  })

  test('keeps equal values together and the parts in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 80 }),
        sharesArbitrary,
        (list, shares) => {
          const wantedParts = Object.values(shares).filter((share) => share > 0).length
          fc.pre(new Set(list).size >= wantedParts)
          const parts = splitRows({ by: 'order', values: Float64Array.from(list), rows: list.length, shares })
          const order = [...list.keys()].sort((a, b) => list[a]! - list[b]!)
          for (let position = 1; position < order.length; position++) {
            const [before, after] = [order[position - 1]!, order[position]!]
            const lowest = list[before] === list[after] ? parts[after]! : 0
            expect(parts[before]).toBeGreaterThanOrEqual(lowest)
            expect(parts[before]).toBeLessThanOrEqual(parts[after]!)
          }
          expect(sizes(parts).filter((size) => size > 0)).toHaveLength(wantedParts)
        },
      ),
    )
  })

  test('refuses rows without a value and too few values', () => {
    expect(() =>
      splitRows({ by: 'order', values: Float64Array.from([1, NaN]), rows: 2, shares: halves }),
    ).toThrow(expect.objectContaining({ code: 'split.no-order' }))
    expect(() => splitRows({ by: 'order', values: ['a', 'a'], rows: 2, shares: halves })).toThrow(
      expect.objectContaining({ code: 'split.too-few-values' }),
    )
  })
})

describe('a split by value', () => {
  const values = ['adult-train', 'adult-test', 'adult-train', '']
  test('follows the mapping', () => {
    const parts = { 'adult-train': 'train', 'adult-test': 'test' } as const
    expect([...splitRows({ by: 'value', values, parts, otherwise: 'validation' })]).toEqual([0, 2, 0, 1])
  })

  test('names the values that no part is given for', () => {
    expect(() => splitRows({ by: 'value', values, parts: { 'adult-train': 'train' } })).toThrow(
      expect.objectContaining({
        code: 'split.unknown-values',
        message: expect.stringContaining('“adult-test”, “no value”'),
      }),
    )
  })
})
