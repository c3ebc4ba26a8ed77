import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/tables/random.ts'
import { sortNumbers } from '../../../src/tables/sort/sort-numbers.ts'

/** Equal bit by bit, so that -0 and 0 are told apart. */
function isSortedAsPlain(values: Float64Array): boolean {
  const sorted = Float64Array.from(values)
  sortNumbers(sorted)
  const plain = Float64Array.from(values).sort()
  return Buffer.compare(Buffer.from(sorted.buffer), Buffer.from(plain.buffer)) === 0
}

describe('sorting numbers', () => {
  it('gives what a plain sort gives, of any numbers: infinities, -0 and 0, ties, the smallest and the largest', () => {
    const extremes = [0, -0, Infinity, -Infinity, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 1]
    const number = fc.oneof(
      { weight: 4, arbitrary: fc.double({ noNaN: true }) },
      fc.constantFrom(...extremes),
      fc.integer(),
    )
    fc.assert(
      // Repeated, so that there are as many as the digits are for, and many ties.
      fc.property(fc.array(number, { maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (list, times) => {
        const values = Array.from({ length: times }, () => list).flat()
        expect(isSortedAsPlain(Float64Array.from(values))).toBe(true)
      }),
    )
  })

  const random = createRandom(3)
  const drawn: Readonly<Record<string, () => number>> = {
    'from one range': () => random.unit(),
    'far from zero and close together': () => 1e9 + random.unit(),
    'so close to zero that leading bits tell nothing': () =>
      5e-324 * random.below(1e9) * (random.below(2) - 0.5),
    'of which most are one': () => (random.below(10) === 0 ? random.unit() - 0.5 : 0.25),
    'of any size': () => (random.unit() - 0.5) * 2 ** (random.below(2000) - 1000),
    'from few whole ones': () => random.below(40) - 20,
    'that are all equal': () => 7,
  }
  it.each(Object.entries(drawn))('gives what a plain sort gives, of numbers %s', (_, draw) => {
    for (const count of [0, 1, 255, 256, 2048, 9_999, 10_000, 60_000])
      expect(isSortedAsPlain(Float64Array.from({ length: count }, draw))).toBe(true)
  })

  it('sorts a part of an array and leaves the rest alone', () => {
    const values = Float64Array.from({ length: 1000 }, (_, index) => 1000 - index)
    sortNumbers(values.subarray(100, 500))
    expect([values[99], values[100], values[499], values[500]]).toEqual([901, 501, 900, 500])
  })
})
