import { describe, expect, it } from 'vitest'
import {
  compareMeans,
  compareShares,
  estimateMean,
  estimateShare,
} from '../../../../src/serving/deployments/compare-samples.ts'
import { createRandom } from '../../../../src/tables/random.ts'

// SciPy 1.10: binomtest(3, 20).proportion_ci('wilson'), ttest_ind(b, a, equal_var=False) of samples with these sums.
const first = { count: 50, sum: 20.602, sumOfSquares: 207.87254 }
const second = { count: 40, sum: 84.526, sumOfSquares: 230.369404 }

describe('shares and means of what versions answered', () => {
  it('have the intervals of Wilson and of Student', () => {
    const share = estimateShare(3, 20)
    expect(share.low).toBeCloseTo(0.05236874589621662, 12)
    expect(share.high).toBeCloseTo(0.3604188647407569, 12)
    const mean = estimateMean(first)
    expect(mean.low).toBeCloseTo(-0.16123901480926145, 8)
    expect(mean.high).toBeCloseTo(0.9853190148092614, 8)
    expect(estimateShare(0, 0)).toEqual({ value: null, low: null, high: null })
  })

  it('are compared by the two-proportion z-test', () => {
    const found = compareShares({ hits: 45, trials: 1000 }, { hits: 70, trials: 1100 })!
    expect(found.pValue).toBeCloseTo(0.06083031663321172, 12)
    expect(found.interval.low).toBeCloseTo(-0.0006814451906544117, 12)
    expect(found.interval.high).toBeCloseTo(0.037954172463381675, 12)
    expect(found.always.low).toBeLessThan(found.interval.low)
    expect(found.always.high).toBeGreaterThan(found.interval.high)
  })

  it('are compared by the t-test of Welch', () => {
    const found = compareMeans(first, second)!
    expect(found.pValue).toBeCloseTo(2.9775430439918953e-6, 12)
    expect(found.interval.low).toBeCloseTo(1.0275913461775326, 9)
    expect(found.interval.high).toBeCloseTo(2.3746286538224677, 9)
    const tenfold = ({ count, sum, sumOfSquares }: typeof first) => ({
      count: count * 10,
      sum: sum * 10,
      sumOfSquares: sumOfSquares * 10,
    })
    expect(compareMeans(tenfold(first), tenfold(second))!.always.isDifferent).toBe(true)
  })

  it('are found different by chance in no more than 5 % of the cases, however often one looks', () => {
    const random = createRandom(7)
    const runs = 400
    let falseAlarms = 0
    for (let run = 0; run < runs; run++) {
      const [a, b] = [
        { hits: 0, trials: 0 },
        { hits: 0, trials: 0 },
      ]
      for (let trial = 1; trial <= 2_000; trial++) {
        for (const side of [a, b]) {
          side.trials += 1
          if (random.unit() < 0.3) side.hits += 1
        }
        if (trial % 10 === 0 && compareShares(a, b)!.always.isDifferent) {
          falseAlarms += 1
          break
        }
      }
    }
    expect(falseAlarms / runs).toBeLessThanOrEqual(0.05)
  })

  it('are no ground for a verdict while there are few', () => {
    const found = compareShares({ hits: 0, trials: 5 }, { hits: 5, trials: 5 })!
    expect(found.always.isDifferent).toBe(false)
  })
})
