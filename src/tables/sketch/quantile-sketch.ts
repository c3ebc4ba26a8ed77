import { createRandom, type Random } from '../random.ts'
import { sortNumbers } from '../sort/sort-numbers.ts'

/** Numbers that stand for all, ascending, and how many each stands for. */
export interface WeightedValues {
  values: Float64Array
  weights: Float64Array
}

/**
 * Quantiles of a stream of numbers in bounded memory: compactors (Karnin, Lang and Liberty, “Optimal quantile
 * approximation in streams”, FOCS 2016), here all of one capacity k, 2 048 unless said. A full compactor is sorted, and every
 * second of its numbers goes on with double weight. Exact up to k numbers; beyond, the rank of an answer is off by at
 * most 4.6 / k = 0.23 % of the count with a probability of 99 % (Hoeffding's inequality over the random choices, whose
 * variance is at most 2 n² / k²). That holds after merging too. The random choices are seeded: equal streams give
 * equal sketches.
 */
export class QuantileSketch {
  /** Of all numbers seen. */
  count = 0
  readonly #capacity: number
  /** Level h holds numbers of weight 2^h. */
  readonly #levels: Level[]
  readonly #random: Random = createRandom(0, 'quantile sketch')

  constructor(capacity = 2048) {
    this.#capacity = capacity
    this.#levels = [new Level(capacity)]
  }

  get isExact(): boolean {
    return this.#levels.length === 1
  }

  /**
   * By which share of the count the ranks of so many answers are off at most, all of them with a probability of 99 %:
   * Hoeffding’s inequality for each, and the sum of their probabilities to fail.
   */
  errorOf(answers: number): number {
    return this.isExact ? 0 : (2 * Math.sqrt(Math.log((2 * answers) / 0.01))) / this.#capacity
  }

  /** Takes in finite numbers. */
  add(values: Float64Array): void {
    this.count += values.length
    this.#addAt(0, values)
  }

  merge(other: QuantileSketch): void {
    this.count += other.count
    for (const [height, level] of other.#levels.entries()) this.#addAt(height, level.values)
  }

  /** The numbers that stand for all, ascending, and how many each stands for. */
  weightedValues(): WeightedValues {
    const entries = this.#levels.flatMap((level, height) =>
      Array.from(level.values, (value): [number, number] => [value, 2 ** height]),
    )
    entries.sort((a, b) => a[0] - b[0])
    return {
      values: Float64Array.from(entries, ([value]) => value),
      weights: Float64Array.from(entries, ([, weight]) => weight),
    }
  }

  #addAt(height: number, values: Float64Array): void {
    for (let start = 0; start < values.length;) {
      start += this.#level(height).take(values, start)
      if (this.#level(height).isFull) this.#compact(height)
    }
  }

  #compact(height: number): void {
    const promoted = this.#level(height).halve(this.#random.below(2))
    this.#addAt(height + 1, promoted)
  }

  #level(height: number): Level {
    while (this.#levels.length <= height) this.#levels.push(new Level(this.#capacity))
    return this.#levels[height]!
  }
}

class Level {
  readonly #values: Float64Array
  #count = 0

  constructor(capacity: number) {
    this.#values = new Float64Array(capacity)
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.#count)
  }

  get isFull(): boolean {
    return this.#count === this.#values.length
  }

  /** Takes as many as there is room for; returns how many. */
  take(values: Float64Array, start: number): number {
    const taken = values.subarray(start, start + this.#values.length - this.#count)
    this.#values.set(taken, this.#count)
    this.#count += taken.length
    return taken.length
  }

  /**
   * Empties a full level and gives every second of its numbers in order, from the first or the second on. They are
   * valid until the level takes others.
   */
  halve(offset: number): Float64Array {
    const sorted = sortedOf(this.#values)
    const half = this.#values.subarray(0, this.#values.length / 2)
    for (let index = 0; index < half.length; index++) half[index] = sorted[index * 2 + offset]!
    this.#count = 0
    return half
  }
}

let merged = new Float64Array(0)

/** A full level in order: merged where it is two ascending runs, as those are that come from the level below. */
function sortedOf(values: Float64Array): Float64Array {
  let middle = 1
  while (middle < values.length && values[middle - 1]! <= values[middle]!) middle++
  for (let index = middle + 1; index < values.length; index++)
    if (values[index - 1]! > values[index]!) {
      sortNumbers(values)
      return values
    }
  if (middle === values.length) return values
  if (merged.length !== values.length) merged = new Float64Array(values.length)
  let [left, right] = [0, middle]
  for (let to = 0; to < merged.length; to++) {
    const takesLeft = right === values.length || (left < middle && values[left]! <= values[right]!)
    merged[to] = takesLeft ? values[left++]! : values[right++]!
  }
  return merged
}

/** The smallest value at or below which at least a share of the weight lies, for each of ascending shares. */
export function quantilesOf({ values, weights }: WeightedValues, shares: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const quantiles: number[] = []
  let below = 0
  for (const [index, value] of values.entries()) {
    below += weights[index]!
    while (quantiles.length < shares.length && below >= shares[quantiles.length]! * total - 1e-9)
      quantiles.push(value)
  }
  return quantiles
}

/** How much weight lies in each of `bins` intervals of equal width; the last contains its upper edge. */
export function histogramOf(
  { values, weights }: WeightedValues,
  range: { min: number; max: number; bins: number },
): { edges: number[]; counts: number[] } {
  const { min, max, bins } = range
  if (min === max) return { edges: [min, max], counts: [weights.reduce((sum, weight) => sum + weight, 0)] }
  // Halves, because the width of the widest range of numbers is no number.
  const edge = (index: number): number =>
    index === bins ? max : min * (1 - index / bins) + max * (index / bins)
  const edges = Array.from({ length: bins + 1 }, (_, index) => edge(index))
  const counts = Array.from({ length: bins }, () => 0)
  let bin = 0
  for (const [index, value] of values.entries()) {
    while (bin < bins - 1 && value >= edges[bin + 1]!) bin++
    counts[bin]! += weights[index]!
  }
  return { edges, counts }
}
