import { kolmogorovUpper } from './special/tails.ts'
import type { TestOutcome } from './test-outcome.ts'

/** Up to so many pairs of rows the p-value is exact: that many steps take some ten milliseconds. */
const exactPairs = 10_000_000

/**
 * The two-sample Kolmogorov–Smirnov test of sorted samples: the largest distance of their distribution functions. Its
 * p-value is exact for small samples (Hodges, The significance probability of the Smirnov two-sample test, 1957) and that
 * of Kolmogorov's limit beyond; ties make both err on the safe side.
 */
export function kolmogorovSmirnov(
  reference: Float64Array,
  current: Float64Array,
  mostExactPairs = exactPairs,
): TestOutcome {
  const sizes = { reference: reference.length, current: current.length }
  const divisor = greatestCommonDivisor(sizes.reference, sizes.current)
  // In units of 1 / the least common multiple of the sizes distances are whole numbers.
  const step = { reference: sizes.current / divisor, current: sizes.reference / divisor }
  const distance = largestDistance(reference, current, step)
  const multiple = step.reference * sizes.reference
  const statistic = distance / multiple
  const isExact = sizes.reference * sizes.current <= mostExactPairs
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

/** A stretch of both samples that begins and ends between two values, and the height at its beginning. */
interface Stretch {
  from: Pair
  to: Pair
  height: number
}

const stretchRows = 64

/**
 * Within a stretch the height can leave that at its ends by no more than its rows: only stretches that could reach beyond
 * what is known are walked row by row.
 */
function largestDistance(reference: Float64Array, current: Float64Array, step: Pair): number {
  const ends = stretchEnds(reference, current)
  const heightAt = (end: number): number =>
    ends.reference[end]! * step.reference - ends.current[end]! * step.current
  let largest = 0
  for (let end = 1; end < ends.count; end++) largest = Math.max(largest, Math.abs(heightAt(end)))
  for (let end = 1; end < ends.count; end++) {
    const height = heightAt(end - 1)
    const from = { reference: ends.reference[end - 1]!, current: ends.current[end - 1]! }
    const to = { reference: ends.reference[end]!, current: ends.current[end]! }
    const highest = height + (to.reference - from.reference) * step.reference
    const lowest = height - (to.current - from.current) * step.current
    if (Math.max(highest, -lowest) > largest)
      largest = Math.max(largest, largestWithin(reference, current, { stretch: { from, to, height }, step }))
  }
  return largest
}

/**
 * Where stretches of some rows of the reference begin and end, the first at 0. Behind the last of the reference the height
 * goes to 0.
 */
function stretchEnds(
  reference: Float64Array,
  current: Float64Array,
): { reference: Uint32Array; current: Uint32Array; count: number } {
  const most = Math.ceil(reference.length / stretchRows) + 1
  const ends = { reference: new Uint32Array(most), current: new Uint32Array(most) }
  let [count, at, other] = [1, 0, 0]
  while (at < reference.length) {
    const value = reference[Math.min(at + stretchRows, reference.length) - 1]!
    at = firstAbove(reference, value, at)
    other = firstAbove(current, value, other)
    ends.reference[count] = at
    ends.current[count++] = other
  }
  return { ...ends, count }
}

/** The place of the first of ascending numbers that is larger, from a place on: found in steps that double. */
function firstAbove(ascending: Float64Array, value: number, from: number): number {
  let step = 1
  while (from + step < ascending.length && ascending[from + step]! <= value) step *= 2
  let low = from + (step >>> 1)
  let high = Math.min(from + step, ascending.length)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}

function largestWithin(
  reference: Float64Array,
  current: Float64Array,
  { stretch: { from, to, height: start }, step }: { stretch: Stretch; step: Pair },
): number {
  let [at, other, height, largest] = [from.reference, from.current, start, 0]
  while (at < to.reference || other < to.current) {
    const value = Math.min(
      at < to.reference ? reference[at]! : Infinity,
      other < to.current ? current[other]! : Infinity,
    )
    while (at < to.reference && reference[at] === value) {
      height += step.reference
      at++
    }
    while (other < to.current && current[other] === value) {
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
