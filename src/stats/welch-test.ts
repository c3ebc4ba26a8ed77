import { studentUpper } from './special/tails.ts'
import type { TestOutcome } from './test-outcome.ts'

/** What a sample comes to; `squares` is the sum of squared distances from the mean. */
export interface SampleSums {
  count: number
  mean: number
  squares: number
}

/** Welch’s t-test (1947) of “the first mean is not larger”; samples of fewer than two values tell nothing. */
export function welchTest(first: SampleSums, second: SampleSums): TestOutcome {
  if (first.count < 2 || second.count < 2) return { statistic: 0, pValue: 1 }
  const [a, b] = [first, second].map(({ count, squares }) => squares / (count - 1) / count) as [
    number,
    number,
  ]
  const difference = first.mean - second.mean
  if (a + b === 0) return { statistic: difference, pValue: difference > 0 ? 0 : 1 }
  const statistic = difference / Math.sqrt(a + b)
  const degrees = (a + b) ** 2 / (a ** 2 / (first.count - 1) + b ** 2 / (second.count - 1))
  return { statistic, pValue: studentUpper(statistic, degrees) }
}
