import type { Estimate } from '../../contract/deployment-traffic.ts'
import { normalTwoSided, studentUpper } from '../../stats/special/tails.ts'

/** What a sample of numbers comes to. */
export interface Sums {
  count: number
  sum: number
  sumOfSquares: number
}

export interface Difference {
  difference: number
  interval: { low: number; high: number }
  pValue: number
  always: { low: number; high: number; isDifferent: boolean }
}

/** Of the two-sided 95 % interval of a normal variable. */
const z95 = 1.959963984540054
const nothing: Estimate = { value: null, low: null, high: null }

/** A share with its interval by Wilson (1927), which holds for few trials and shares near 0 and 1, too. */
export function estimateShare(hits: number, trials: number): Estimate {
  if (trials === 0) return nothing
  const share = hits / trials
  const scale = 1 + (z95 * z95) / trials
  const middle = (share + (z95 * z95) / (2 * trials)) / scale
  const half = (z95 / scale) * Math.sqrt((share * (1 - share)) / trials + (z95 * z95) / (4 * trials * trials))
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** A mean with its interval by Student's t. */
export function estimateMean(sums: Sums): Estimate {
  if (sums.count === 0) return nothing
  const { mean, variance } = momentsOf(sums)
  if (sums.count < 2) return { value: mean, low: null, high: null }
  const half = studentQuantile(sums.count - 1) * Math.sqrt(variance / sums.count)
  return { value: mean, low: mean - half, high: mean + half }
}

/** The second share minus the first: two-proportion z-test, pooled for the p-value. Null without trials in both. */
export function compareShares(
  first: { hits: number; trials: number },
  second: { hits: number; trials: number },
): Difference | null {
  if (first.trials === 0 || second.trials === 0) return null
  const [a, b] = [first.hits / first.trials, second.hits / second.trials]
  const pooled = (first.hits + second.hits) / (first.trials + second.trials)
  const pooledError = Math.sqrt(pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials))
  const variance = (a * (1 - a)) / first.trials + (b * (1 - b)) / second.trials
  const difference = b - a
  return {
    difference,
    interval: around(difference, z95 * Math.sqrt(variance)),
    pValue: pooledError === 0 ? 1 : normalTwoSided(difference / pooledError),
    always: alwaysValid(difference, {
      // Shares of 0 and 1 have no variance of their own, which says little while trials are few.
      variance: Math.max(variance, pooledError ** 2),
      spread: pooled * (1 - pooled),
      counts: [first.trials, second.trials],
    }),
  }
}

/** The second mean minus the first: Welch's t-test (1947). Null without two values in both. */
export function compareMeans(first: Sums, second: Sums): Difference | null {
  if (first.count < 2 || second.count < 2) return null
  const [a, b] = [momentsOf(first), momentsOf(second)]
  const [errorA, errorB] = [a.variance / first.count, b.variance / second.count]
  const variance = errorA + errorB
  const difference = b.mean - a.mean
  if (variance === 0)
    return {
      difference,
      interval: { low: difference, high: difference },
      pValue: difference === 0 ? 1 : 0,
      always: {
        low: difference,
        high: difference,
        isDifferent: difference !== 0 && Math.min(first.count, second.count) >= fewest,
      },
    }
  const degrees = variance ** 2 / (errorA ** 2 / (first.count - 1) + errorB ** 2 / (second.count - 1))
  return {
    difference,
    interval: around(difference, studentQuantile(degrees) * Math.sqrt(variance)),
    pValue: Math.min(1, 2 * studentUpper(Math.abs(difference) / Math.sqrt(variance), degrees)),
    always: alwaysValid(difference, {
      variance,
      spread:
        ((first.count - 1) * a.variance + (second.count - 1) * b.variance) / (first.count + second.count - 2),
      counts: [first.count, second.count],
    }),
  }
}

function momentsOf({ count, sum, sumOfSquares }: Sums): { mean: number; variance: number } {
  const mean = sum / count
  return { mean, variance: count < 2 ? 0 : Math.max(0, (sumOfSquares - count * mean * mean) / (count - 1)) }
}

const around = (middle: number, half: number): { low: number; high: number } => ({
  low: middle - half,
  high: middle + half,
})

/** The effect that the mixture is tuned for, in standard deviations of an observation. */
const expectedEffect = 0.1
const alpha = 0.05
/** With fewer observations on a side, estimated variances are no ground for a verdict. */
const fewest = 30

/**
 * The mixture sequential probability ratio test (Robbins 1970; Johari, Pekelis and Walsh 2015) with a normal mixture: its
 * interval holds at all times together, so that one may look as often as one likes. `variance` is that of the
 * difference, `spread` that of an observation.
 */
function alwaysValid(
  difference: number,
  { variance, spread, counts }: { variance: number; spread: number; counts: readonly number[] },
): Difference['always'] {
  const mixture = expectedEffect ** 2 * spread
  const ratio = mixture === 0 ? 1 : (variance + mixture) / mixture
  const growth = variance === 0 ? 0 : Math.log((variance + mixture) / variance)
  const half = Math.sqrt(variance * ratio * (2 * Math.log(1 / alpha) + growth))
  const { low, high } = around(difference, half)
  return { low, high, isDifferent: (low > 0 || high < 0) && counts.every((count) => count >= fewest) }
}

/** The 97.5 % quantile of Student's t, by bisection of its tail. */
function studentQuantile(degrees: number): number {
  let low = 0
  let high = 1_000
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2
    if (studentUpper(middle, degrees) > 0.025) low = middle
    else high = middle
  }
  return high
}
