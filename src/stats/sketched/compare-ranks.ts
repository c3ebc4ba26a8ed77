import type { Bounded } from './bounded.ts'
import { rankBefore, type RankedNumbers } from './ranked-numbers.ts'

/** The largest distance of the distribution functions: the statistic of Kolmogorov and Smirnov. */
export function largestGap(reference: RankedNumbers, current: RankedNumbers): Bounded {
  let [value, low, high] = [0, 0, 0]
  walk(reference, current, (before, now, width) => {
    value = Math.max(value, Math.abs(before.below - now.below), Math.abs(before.upTo - now.upTo))
    low = Math.max(
      low,
      before.belowLow - now.belowHigh,
      now.belowLow - before.belowHigh,
      before.upToLow - now.upToHigh,
      now.upToLow - before.upToHigh,
    )
    high = Math.max(
      high,
      before.belowHigh - now.belowLow,
      now.belowHigh - before.belowLow,
      before.upToHigh - now.upToLow,
      now.upToHigh - before.upToLow,
      width > 0 ? highWithin(before, now) : 0,
    )
  })
  return { value, low, high }
}

/** The area between the distribution functions: the Wasserstein distance of the first order, in the unit of the numbers. */
export function areaBetween(reference: RankedNumbers, current: RankedNumbers): Bounded {
  let [value, low, high] = [0, 0, 0]
  walk(reference, current, (before, now, width) => {
    if (width === 0) return
    value += width * meanDistance(before.from - now.from, before.below - now.below)
    low += width * Math.max(0, before.fromLow - now.belowHigh, now.fromLow - before.belowHigh)
    high += width * highWithin(before, now)
  })
  // No way to move the one to the other is shorter than that between their means.
  if (reference.mean !== null && current.mean !== null)
    low = Math.max(low, Math.min(high, Math.abs(reference.mean - current.mean)))
  return { value: Math.min(high, Math.max(low, value)), low, high }
}

/** Between two values the shares are at least those at the first, and at most those below the second. */
const highWithin = (a: Walker, b: Walker): number =>
  Math.max(a.belowHigh - b.fromLow, b.belowHigh - a.fromLow)

/** The mean of |y| along a line from one y to another. */
function meanDistance(start: number, end: number): number {
  if (start * end >= 0) return Math.abs(start + end) / 2
  return (start * start + end * end) / (2 * (Math.abs(start) + Math.abs(end)))
}

/** Goes along the values that either side knows; `width` is the distance from the one before, 0 at the first. */
function walk(
  reference: RankedNumbers,
  current: RankedNumbers,
  visit: (reference: Walker, current: Walker, width: number) => void,
): void {
  const [before, now] = [new Walker(reference), new Walker(current)]
  let last = Math.min(before.next, now.next)
  for (let value = last; value < Infinity; value = Math.min(before.next, now.next)) {
    before.goTo(value)
    now.goTo(value)
    visit(before, now, value - last)
    last = value
  }
}

/** What one side knows where it stands: plain numbers, since there are many steps. */
class Walker {
  /** The share up to the value before. */
  from = 0
  fromLow = 0
  /** The share below the value. */
  below = 0
  belowLow = 0
  belowHigh = 0
  /** The share up to the value. */
  upTo = 0
  upToLow = 0
  upToHigh = 0
  readonly #numbers: RankedNumbers
  #place = 0

  constructor(numbers: RankedNumbers) {
    this.#numbers = numbers
  }

  /** The next value that it knows. */
  get next(): number {
    const { values } = this.#numbers
    return this.#place < values.length ? values[this.#place]! : Infinity
  }

  /** To a value that is not larger than the next. */
  goTo(value: number): void {
    this.from = this.upTo
    this.fromLow = this.upToLow
    const { values, below, upTo } = this.#numbers
    const place = this.#place
    if (place < values.length && values[place] === value) {
      this.#place++
      this.below = below.value[place]!
      this.belowLow = below.low[place]!
      this.belowHigh = below.high[place]!
      this.upTo = upTo.value[place]!
      this.upToLow = upTo.low[place]!
      this.upToHigh = upTo.high[place]!
      return
    }
    const rank = rankBefore(this.#numbers, place, value)
    this.below = this.upTo = rank.value
    this.belowLow = this.upToLow = rank.low
    this.belowHigh = this.upToHigh = rank.high
  }
}
