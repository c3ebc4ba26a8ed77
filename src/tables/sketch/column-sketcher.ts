import type { StartColumn } from '../../core/artifacts.ts'
import type { CodedTexts } from '../coded-texts.ts'
import { countCodes } from './count-codes.ts'
import { differentNumbers } from './different-numbers.ts'
import { DistinctCounter } from './distinct-counter.ts'
import { FrequentValues } from './frequent-values.ts'
import { Moments } from './moments.ts'
import { SortedBatches } from './sorted-batches.ts'
import { QuantileSketch, histogramOf, quantilesOf, type WeightedValues } from './quantile-sketch.ts'
import type { ColumnSketch } from '../../core/sketch-schema.ts'
import { sketchShares } from '../../core/sketch-shares.ts'
import { sketchedText } from '../../core/sketched-text.ts'

const BINS = 20

/** How much a sketch tells: enough to be looked at, or enough to be compared with later rows. */
export type SketchDetail = 'brief' | 'fine'

const details = {
  brief: { topValues: 20, capacity: 2048, ranks: 0 },
  fine: { topValues: 200, capacity: 4096, ranks: 401 },
} as const

let buffer = new Float64Array(0)

/** Room for numbers, valid until the next is asked for. */
function numbersFor(count: number): Float64Array {
  if (buffer.length < count) buffer = new Float64Array(count)
  return buffer
}

/** Collects the sketch of one column, of numbers or of texts, as a model sees them. */
export class ColumnSketcher {
  readonly #column: Pick<StartColumn, 'name' | 'type'>
  #nulls = 0
  #infinite = 0
  readonly #distinct = new DistinctCounter()
  readonly #frequent = new FrequentValues<number | string>()
  /** Of the numbers, or of the lengths of the texts. */
  readonly #moments = new Moments()
  readonly #quantiles: QuantileSketch
  readonly #batches = new SortedBatches((sorted) => this.#addBatch(sorted))

  readonly #detail: SketchDetail

  constructor(column: Pick<StartColumn, 'name' | 'type'>, detail: SketchDetail = 'brief') {
    this.#column = column
    this.#detail = detail
    this.#quantiles = new QuantileSketch(details[detail].capacity)
  }

  add(values: Float64Array | readonly string[] | CodedTexts): void {
    if (values instanceof Float64Array) this.#addNumbers(values)
    else if ('codes' in values) this.#addCodes(values)
    else this.#addTexts(values)
  }

  merge(other: ColumnSketcher): void {
    this.#nulls += other.#nulls
    this.#infinite += other.#infinite
    this.#distinct.merge(other.#distinct)
    this.#frequent.merge(other.#frequent)
    this.#moments.merge(other.#moments)
    this.#quantiles.merge(other.#quantiles)
    this.#batches.addRestOf(other.#batches)
  }

  finish(): ColumnSketch {
    this.#addRest()
    const { name, type } = this.#column
    const distinct = this.#frequent.isExact
      ? { count: this.#frequent.size, isExact: true }
      : { count: Math.round(this.#distinct.estimate), isExact: false }
    const { topValues } = details[this.#detail]
    // Numbers that are more have ranks; the most frequent of them are there to be looked at.
    const isListed = type === 'text' || (distinct.isExact && distinct.count <= topValues)
    const shownValues = isListed ? topValues : details.brief.topValues
    const top = this.#frequent.top(shownValues).map(({ value, count }) => ({ value: shown(value), count }))
    const values = { nulls: this.#nulls, distinct, top, topMissed: this.#frequent.missed }
    return type === 'text'
      ? { name, type, ...values, lengths: this.#summary() }
      : { name, type, ...values, infinite: this.#infinite, numbers: this.#numbers() }
  }

  #addNumbers(values: Float64Array): void {
    const finite = numbersFor(values.length)
    let count = 0
    for (let index = 0; index < values.length; index++) {
      const value = values[index]!
      // Zero but for NaN and infinities.
      if (value - value === 0) finite[count++] = value + 0
      else if (Number.isNaN(value)) this.#nulls++
      else this.#infinite++
    }
    this.#moments.add(finite.subarray(0, count))
    this.#batches.add(finite.subarray(0, count))
  }

  #addBatch(sorted: Float64Array): void {
    this.#quantiles.add(sorted)
    const different = differentNumbers(sorted)
    this.#distinct.addNumbers(different.values)
    this.#frequent.addBatch(different)
  }

  /** One by one, so that a few values are left to show even where hardly any repeats. */
  #addRest(): void {
    const rest = this.#batches.takeRest()
    this.#quantiles.add(rest)
    this.#distinct.addNumbers(rest)
    for (const value of rest) this.#frequent.add(value)
  }

  #addTexts(texts: readonly string[]): void {
    const lengths = numbersFor(texts.length)
    let count = 0
    for (const text of texts) {
      if (text === '') this.#nulls++
      else {
        lengths[count++] = text.length
        this.#countText(text, 1)
      }
    }
    this.#moments.add(lengths.subarray(0, count))
  }

  #addCodes(coded: CodedTexts): void {
    const { texts, codes } = coded
    const lengths = numbersFor(codes.length)
    let count = 0
    for (let row = 0; row < codes.length; row++) {
      const { length } = texts[codes[row]!]!
      if (length > 0) lengths[count++] = length
    }
    this.#nulls += codes.length - count
    this.#moments.add(lengths.subarray(0, count))
    const { different, counts } = countCodes(coded)
    for (let index = 0; index < different.length; index++) {
      const text = texts[different[index]!]!
      if (text !== '') this.#countText(text, counts[index]!)
    }
  }

  #countText(text: string, times: number): void {
    if (this.#frequent.add(text, times)) this.#distinct.add(text)
  }

  #summary() {
    const { count, min, max, mean, standardDeviation } = this.#moments
    return count === 0 ? null : { min, max, mean: finiteOrNull(mean), sd: finiteOrNull(standardDeviation) }
  }

  #numbers() {
    const summary = this.#summary()
    if (!summary) return null
    const weighted = this.#quantiles.weightedValues()
    return {
      ...summary,
      quantiles: quantilesOf(weighted, sketchShares),
      histogram: histogramOf(weighted, { min: summary.min, max: summary.max, bins: BINS }),
      isExact: this.#quantiles.isExact,
      ...this.#ranks(weighted, summary),
    }
  }

  #ranks(weighted: WeightedValues, { min, max }: { min: number; max: number }) {
    const { ranks } = details[this.#detail]
    if (ranks === 0) return {}
    const shares = Array.from({ length: ranks - 2 }, (_, index) => (index + 1) / (ranks - 1))
    const values = [min, ...quantilesOf(weighted, shares), max]
    return { ranks: { values, error: this.#quantiles.errorOf(ranks) } }
  }
}

const shown = (value: number | string): number | string =>
  typeof value === 'string' ? sketchedText(value) : value

// Sums of the largest numbers overflow, and JSON has no infinity.
function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
