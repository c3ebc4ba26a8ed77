import { FrequentValues } from '../../../src/tables/sketch/frequent-values.ts'
import { QuantileSketch } from '../../../src/tables/sketch/quantile-sketch.ts'

/** What is kept of the values of a column, in bounded memory, to tell how far two columns lie apart. */
export interface Distribution {
  add(values: Float64Array | readonly string[]): void
  count: number
  nulls: number
}

/** Numbers and times. */
export class NumberDistribution implements Distribution {
  count = 0
  nulls = 0
  readonly #sketch = new QuantileSketch()

  add(values: Float64Array): void {
    const finite = values.filter(Number.isFinite)
    const nulls = values.reduce((sum, value) => sum + Number(Number.isNaN(value)), 0)
    this.nulls += nulls
    this.count += values.length - nulls
    this.#sketch.add(finite)
  }

  /** The greatest difference between the shares of finite values up to a number: the Kolmogorov–Smirnov statistic. */
  distance(other: NumberDistribution): number | null {
    if (this.#sketch.count === 0 || other.#sketch.count === 0) return null
    const [a, b] = [cumulative(this.#sketch), cumulative(other.#sketch)]
    let greatest = 0
    for (let i = 0, j = 0; i < a.values.length && j < b.values.length;) {
      const value = Math.min(a.values[i]!, b.values[j]!)
      while (i < a.values.length && a.values[i]! <= value) i++
      while (j < b.values.length && b.values[j]! <= value) j++
      greatest = Math.max(greatest, Math.abs(shareBefore(a, i) - shareBefore(b, j)))
    }
    return greatest
  }
}

interface Cumulative {
  values: Float64Array
  sums: Float64Array
}

function cumulative(sketch: QuantileSketch): Cumulative {
  const { values, weights } = sketch.weightedValues()
  let sum = 0
  return { values, sums: weights.map((weight) => (sum += weight)) }
}

const shareBefore = ({ sums }: Cumulative, index: number): number =>
  index === 0 ? 0 : sums[index - 1]! / sums.at(-1)!

/** Texts and booleans. */
export class CategoryDistribution implements Distribution {
  count = 0
  nulls = 0
  readonly #values = new FrequentValues<number | string>()

  add(values: Float64Array | readonly string[]): void {
    for (const value of values) {
      if (value === '' || Number.isNaN(value)) this.nulls++
      else {
        this.count++
        this.#values.add(value)
      }
    }
  }

  /** Half of the summed differences of the shares: the total variation distance. What is too rare counts as one value. */
  distance(other: CategoryDistribution): number | null {
    if (this.count === 0 || other.count === 0) return null
    const [a, b] = [this.#shares(), other.#shares()]
    const values = new Set([...a.keys(), ...b.keys()])
    const differences = Array.from(values, (value) => Math.abs((a.get(value) ?? 0) - (b.get(value) ?? 0)))
    return differences.reduce((sum, difference) => sum + difference, 0) / 2
  }

  #shares(): Map<number | string | null, number> {
    const top = this.#values.top(FrequentValues.CAPACITY)
    const rest = top.reduce((left, { count }) => left - count, this.count)
    return new Map<number | string | null, number>([
      ...top.map(({ value, count }) => [value, count / this.count] as const),
      [null, rest / this.count],
    ])
  }
}
