import { exactly, type Bounded } from './bounded.ts'
import { rankAt, rankBefore, type RankedNumbers } from './ranked-numbers.ts'

/** A step along the values that either side knows: the shares of both right before it and at it, in bounds. */
interface Step {
  /** From the value before on; 0 for the first. */
  width: number
  reference: StepRanks
  current: StepRanks
}

interface StepRanks {
  /** At the value before. */
  from: Bounded
  below: Bounded
  upTo: Bounded
}

/** The largest distance of the distribution functions: the statistic of Kolmogorov and Smirnov. */
export function largestGap(reference: RankedNumbers, current: RankedNumbers): Bounded {
  const largest = { value: 0, low: 0, high: 0 }
  const take = (gap: Bounded): void => {
    largest.value = Math.max(largest.value, gap.value)
    largest.low = Math.max(largest.low, gap.low)
    largest.high = Math.max(largest.high, gap.high)
  }
  walk(reference, current, (step) => {
    take(gapBetween(step.reference.below, step.current.below))
    take(gapBetween(step.reference.upTo, step.current.upTo))
    largest.high = Math.max(largest.high, gapWithin(step).high)
  })
  return largest
}

/** The area between the distribution functions: the Wasserstein distance of the first order, in the unit of the numbers. */
export function areaBetween(reference: RankedNumbers, current: RankedNumbers): Bounded {
  let [value, low, high] = [0, 0, 0]
  walk(reference, current, (step) => {
    if (step.width === 0) return
    const start = step.reference.from.value - step.current.from.value
    const end = step.reference.below.value - step.current.below.value
    const within = gapWithin(step)
    value += step.width * meanDistance(start, end)
    low += step.width * within.low
    high += step.width * within.high
  })
  // No way to move the one to the other is shorter than that between their means.
  if (reference.mean !== null && current.mean !== null)
    low = Math.max(low, Math.min(high, Math.abs(reference.mean - current.mean)))
  return { value: Math.min(high, Math.max(low, value)), low, high }
}

const gapBetween = (a: Bounded, b: Bounded): Bounded => ({
  value: Math.abs(a.value - b.value),
  low: Math.max(0, a.low - b.high, b.low - a.high),
  high: Math.max(a.high - b.low, b.high - a.low),
})

/** Between two values the shares are at least those at the first, at most those below the second. */
function gapWithin({ reference, current }: Step): { low: number; high: number } {
  return {
    low: Math.max(0, reference.from.low - current.below.high, current.from.low - reference.below.high),
    high: Math.max(reference.below.high - current.from.low, current.below.high - reference.from.low),
  }
}

/** The mean of |y| along a line from one y to another. */
function meanDistance(start: number, end: number): number {
  if (start * end >= 0) return Math.abs(start + end) / 2
  return (start * start + end * end) / (2 * (Math.abs(start) + Math.abs(end)))
}

function walk(reference: RankedNumbers, current: RankedNumbers, visit: (step: Step) => void): void {
  const sides = [new Walker(reference), new Walker(current)] as const
  let before: number | null = null
  for (;;) {
    const value = Math.min(sides[0].next, sides[1].next)
    if (value === Infinity) return
    const width = before === null ? 0 : value - before
    visit({ width, reference: sides[0].step(value), current: sides[1].step(value) })
    before = value
  }
}

class Walker {
  readonly #numbers: RankedNumbers
  #place = 0
  #last = exactly(0)

  constructor(numbers: RankedNumbers) {
    this.#numbers = numbers
  }

  get next(): number {
    return this.#numbers.values[this.#place] ?? Infinity
  }

  /** Goes on to a value that is not larger than the next of its own. */
  step(value: number): StepRanks {
    const from = this.#last
    const { values, below, upTo } = this.#numbers
    const place = this.#place
    if (value === values[place]) {
      this.#place++
      this.#last = rankAt(upTo, place)
      return { from, below: rankAt(below, place), upTo: this.#last }
    }
    this.#last = rankBefore(this.#numbers, place, value)
    return { from, below: this.#last, upTo: this.#last }
  }
}
