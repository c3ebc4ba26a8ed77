import { describe, expect, it } from 'vitest'
import { selectAtRandom } from '../../../src/learn/select-at-random.ts'
import { createRandom } from '../../../src/tables/random.ts'

describe('selecting at random', () => {
  it('takes as many as asked, each once, in ascending order', () => {
    for (const count of [0, 1, 17, 99, 100]) {
      const selected = Array.from(selectAtRandom({ count, from: 100, random: createRandom(count) }))
      expect(selected).toHaveLength(count)
      expect(new Set(selected).size).toBe(count)
      expect(selected).toEqual(selected.toSorted((a, b) => a - b))
    }
  })

  it('takes each number equally often', () => {
    const random = createRandom(3)
    const times = new Float64Array(10)
    for (let round = 0; round < 20_000; round++) {
      for (const index of selectAtRandom({ count: 3, from: 10, random })) times[index]!++
    }
    const chiSquared = times.reduce((sum, count) => sum + (count - 6000) ** 2 / 6000, 0)
    // The 99.9 % point of χ² with 9 degrees of freedom; without replacement the statistic is smaller still.
    expect(chiSquared).toBeLessThan(27.88)
  })
})
