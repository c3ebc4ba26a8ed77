import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundingConstant } from '../../../src/learn/gradient-boosted-trees/exact-sums.ts'

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0)

describe('numbers rounded for exact sums', () => {
  const numbers = fc
    .double({ min: 1e-30, max: 1e30, noNaN: true })
    .chain((largest) =>
      fc.array(fc.double({ min: -largest, max: largest, noNaN: true }), { minLength: 1, maxLength: 50 }),
    )

  it('have one sum in every order, and give it back when a part is taken away', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 1_000_000 }), (values, otherRows) => {
        const largest = Math.max(...values.map(Math.abs))
        const constant = roundingConstant({ largest, count: values.length + otherRows })
        const rounded = values.map((value) => value + constant - constant)
        const whole = sum(rounded)
        expect(sum(rounded.toReversed())).toBe(whole)
        expect(sum(rounded.toSorted((a, b) => a - b))).toBe(whole)
        const half = rounded.length >> 1
        expect(whole - sum(rounded.slice(0, half)) - sum(rounded.slice(half))).toBe(0)
      }),
    )
  })

  it('stay within float32’s precision of the largest for a hundred million rows', () => {
    const constant = roundingConstant({ largest: 1, count: 1e8 })
    for (const value of [1, 0.3, -0.7, 1e-3]) {
      expect(Math.abs(value + constant - constant - value)).toBeLessThan(2 ** -24)
    }
  })
})
