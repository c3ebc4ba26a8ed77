import { kolmogorovUpper } from './special/tails.ts'
import type { TestOutcome } from './test-outcome.ts'

/** Up to so many pairs of rows the p-value is exact: that many steps take some ten milliseconds. */
const exactPairs = 10_000_000

/**
 * The two-sample Kolmogorov–Smirnov test of sorted samples: the largest distance of their distribution functions. Its
 * p-value is exact for small samples (Hodges, The significance probability of the Smirnov two-sample test, 1957) and that
 * of Kolmogorov's limit beyond; ties make both err on the safe side.
 */
export function kolmogorovSmirnov(reference: Float64Array, current: Float64Array): TestOutcome {
  const sizes = { reference: reference.length, current: current.length }
  const divisor = greatestCommonDivisor(sizes.reference, sizes.current)
  // In units of 1 / the least common multiple of the sizes distances are whole numbers.
  const step = { reference: sizes.current / divisor, current: sizes.reference / divisor }
  const distance = largestDistance(reference, current, step)
  const multiple = step.reference * sizes.reference
  const statistic = distance / multiple
  const isExact = sizes.reference * sizes.current <= exactPairs
  const effective = (sizes.reference * sizes.current) / (sizes.reference + sizes.current)
  return {
    statistic,
    pValue: isExact
      ? reachingProbability({ sizes, step, distance })
      : kolmogorovUpper(Math.sqrt(effective) * statistic),
  }
}

interface Pair {
  reference: number
  current: number
}

function largestDistance(reference: Float64Array, current: Float64Array, step: Pair): number {
  let [at, other, height, largest] = [0, 0, 0, 0]
  while (at < reference.length && other < current.length) {
    const value = Math.min(reference[at]!, current[other]!)
    while (at < reference.length && reference[at] === value) {
      height += step.reference
      at++
    }
    while (other < current.length && current[other] === value) {
      height -= step.current
      other++
    }
    largest = Math.max(largest, Math.abs(height))
  }
  return largest
}

/**
 * The share of the ways to merge the samples whose distance is reached somewhere: from one place of the merge to the next
 * it is a mean of those of the two places before, so no digits are lost.
 */
function reachingProbability({
  sizes,
  step,
  distance,
}: {
  sizes: Pair
  step: Pair
  distance: number
}): number {
  if (distance === 0) return 1
  const shares = new Float64Array(sizes.current + 1)
  for (let other = 0; other <= sizes.current; other++)
    shares[other] = other * step.current >= distance ? 1 : other === 0 ? 0 : shares[other - 1]!
  for (let at = 1; at <= sizes.reference; at++) {
    const height = at * step.reference
    for (let other = 0; other <= sizes.current; other++) {
      const isReached = Math.abs(height - other * step.current) >= distance
      const before = other === 0 ? 0 : shares[other - 1]!
      shares[other] = isReached ? 1 : (at * shares[other]! + other * before) / (at + other)
    }
  }
  return shares[sizes.current]!
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
