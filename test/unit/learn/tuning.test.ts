import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { halvingRungs } from '../../../src/learn/tuning/halving-rungs.ts'
import {
  placeOf,
  randomPoint,
  valueAt,
  type Dimension,
  type Point,
  type SearchSpace,
} from '../../../src/learn/tuning/search-space.ts'
import { suggestPoint, type Trial } from '../../../src/learn/tuning/tree-parzen.ts'
import { createRandom } from '../../../src/tables/random.ts'

const space: SearchSpace = new Map<string, Dimension>([
  ['rate', { type: 'number', low: 0.001, high: 1, scale: 'log' }],
  ['leaves', { type: 'integer', low: 2, high: 200, scale: 'linear' }],
  ['loss', { type: 'choice', values: ['a', 'b', 'c'] }],
])

/** Least at a rate of 0.03, 60 leaves and the loss “b”. */
const lossOf = ({ rate, leaves, loss }: Point): number =>
  (Math.log10(Number(rate) / 0.03) / 3) ** 2 + ((Number(leaves) - 60) / 198) ** 2 + (loss === 'b' ? 0 : 0.1)

function search(
  seed: number,
  suggest: (trials: readonly Trial[], random: ReturnType<typeof createRandom>) => Point,
): Trial[] {
  const trials: Trial[] = []
  for (let number = 0; number < 60; number++) {
    const point = suggest(trials, createRandom(seed, `trial ${number}`))
    trials.push({ point, loss: lossOf(point) })
  }
  return trials
}

const bestOf = (trials: readonly Trial[]): number => Math.min(...trials.map(({ loss }) => loss))

describe('the search of parameters', () => {
  it('stays within the space, whole numbers whole', () => {
    const numbers = fc.record({
      type: fc.constantFrom('number' as const, 'integer' as const),
      low: fc.integer({ min: 1, max: 1000 }),
      width: fc.integer({ min: 0, max: 1000 }),
      scale: fc.constantFrom('linear' as const, 'log' as const),
    })
    fc.assert(
      fc.property(
        numbers,
        fc.double({ min: -0.5, max: 1.5, noNaN: true }),
        ({ type, low, width, scale }, place) => {
          const dimension: Dimension = { type, low, high: low + width, scale }
          const value = valueAt(dimension, place) as number
          expect(value).toBeGreaterThanOrEqual(low)
          expect(value).toBeLessThanOrEqual(low + width)
          expect(type === 'number' || Number.isInteger(value)).toBe(true)
          expect(placeOf(dimension, value)).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  it('tries a logarithmic range evenly by magnitude', () => {
    const random = createRandom(1)
    const rates = Array.from({ length: 3000 }, () => Number(randomPoint(space, random)['rate']))
    const share = (low: number, high: number) =>
      rates.filter((rate) => rate >= low && rate < high).length / 3000
    for (const low of [0.001, 0.01, 0.1]) expect(share(low, 10 * low)).toBeCloseTo(1 / 3, 1)
  })

  it('finds better points by TPE than at random, with the same number of trials', () => {
    const seeds = Array.from({ length: 12 }, (_, seed) => seed)
    const tpe = seeds.map((seed) =>
      bestOf(search(seed, (trials, random) => suggestPoint(space, trials, random))),
    )
    const atRandom = seeds.map((seed) => bestOf(search(seed, (_, random) => randomPoint(space, random))))
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(tpe)).toBeLessThan(0.5 * mean(atRandom))
  })

  it('comes back to what was good: most late trials have the better choice', () => {
    const late = search(3, (trials, random) => suggestPoint(space, trials, random)).slice(30)
    expect(late.filter(({ point }) => point['loss'] === 'b').length).toBeGreaterThan(20)
  })

  it('tries the same points again with the same seed', () => {
    const run = () => search(5, (trials, random) => suggestPoint(space, trials, random))
    expect(run()).toEqual(run())
  })

  it('halves: a third goes on with three times as much, up to the most', () => {
    expect(halvingRungs({ points: 27, least: 10, most: 270, factor: 3 })).toEqual([
      { points: 27, resource: 10 },
      { points: 9, resource: 30 },
      { points: 3, resource: 90 },
      { points: 1, resource: 270 },
    ])
    expect(halvingRungs({ points: 4, least: 100, most: 150, factor: 2 })).toEqual([
      { points: 4, resource: 150 },
    ])
  })
})
