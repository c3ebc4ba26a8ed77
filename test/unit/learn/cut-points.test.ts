import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutPointsOf } from '../../../src/learn/histogram-trees/cut-points.ts'

const float32 = fc.oneof(
  fc.float(),
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity),
)

/** How many values lie in each bin; values up to a cut are below it. */
function binSizes(values: readonly number[], cuts: Float32Array): number[] {
  const sizes = Array.from<number>({ length: cuts.length + 1 }).fill(0)
  for (const value of values) sizes[cuts.filter((cut) => cut < value).length]!++
  return sizes
}

describe('cut points', () => {
  it('put each value into a bin of its own where there are bins enough', () => {
    fc.assert(
      fc.property(fc.array(float32), (values) => {
        const numbers = values.map(Math.fround).filter((value) => !Number.isNaN(value))
        const distinct = new Set(numbers)
        const sizes = binSizes(numbers, cutPointsOf(Float32Array.from(numbers), 255))
        expect(sizes).toHaveLength(Math.max(1, distinct.size))
        expect(sizes.every((size) => size > 0) || numbers.length === 0).toBe(true)
      }),
    )
  })

  it('lie in the middle between neighbours', () => {
    expect(cutPointsOf(Float32Array.of(3, 1, 2, 1), 255)).toEqual(Float32Array.of(1.5, 2.5))
  })

  it('part numbers between which there is no other', () => {
    const next = new Float32Array(Uint32Array.of(0x3f800001).buffer)[0]!
    expect(cutPointsOf(Float32Array.of(1, next), 255)).toEqual(Float32Array.of(1))
  })

  it('make bins of about equal size', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => Math.sqrt(index))
    const sizes = binSizes(values, cutPointsOf(Float32Array.from(values), 100))
    expect(sizes).toHaveLength(100)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(99)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(101)
  })

  it('give a frequent value a bin of its own, and the other bins to the rest', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => (index < 9000 ? 0 : index - 9500.5))
    const sizes = binSizes(values, cutPointsOf(Float32Array.from(values), 11))
    expect(sizes.toSorted((a, b) => b - a)[0]).toBe(9000)
    expect(sizes).toHaveLength(11)
  })
})
