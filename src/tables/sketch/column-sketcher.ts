import type { StartColumn } from '../../core/artifacts.ts'
import { DistinctCounter } from './distinct-counter.ts'
import { FrequentValues } from './frequent-values.ts'
import { Moments } from './moments.ts'
import { QuantileSketch, histogramOf, quantilesOf } from './quantile-sketch.ts'
import { sketchShares, type ColumnSketch } from '../../core/sketch-schema.ts'

const TOP_VALUES = 20
const BINS = 20
const MAX_TEXT = 100

/** Collects the sketch of one column, of numbers or of texts, as a model sees them. */
export class ColumnSketcher {
  readonly #column: Pick<StartColumn, 'name' | 'type'>
  #nulls = 0
  #infinite = 0
  readonly #distinct = new DistinctCounter()
  readonly #frequent = new FrequentValues<number | string>()
  /** Of the numbers, or of the lengths of the texts. */
  readonly #moments = new Moments()
  readonly #quantiles = new QuantileSketch()

  constructor(column: Pick<StartColumn, 'name' | 'type'>) {
    this.#column = column
  }

  add(values: Float64Array | readonly string[]): void {
    if (values instanceof Float64Array) this.#addNumbers(values)
    else this.#addTexts(values)
  }

  merge(other: ColumnSketcher): void {
    this.#nulls += other.#nulls
    this.#infinite += other.#infinite
    this.#distinct.merge(other.#distinct)
    this.#frequent.merge(other.#frequent)
    this.#moments.merge(other.#moments)
    this.#quantiles.merge(other.#quantiles)
  }

  finish(): ColumnSketch {
    const { name, type } = this.#column
    const distinct = this.#frequent.isExact
      ? { count: this.#frequent.size, isExact: true }
      : { count: Math.round(this.#distinct.estimate), isExact: false }
    const top = this.#frequent.top(TOP_VALUES).map(({ value, count }) => ({ value: shown(value), count }))
    const values = { nulls: this.#nulls, distinct, top, topMissed: this.#frequent.missed }
    return type === 'text'
      ? { name, type, ...values, lengths: this.#summary() }
      : { name, type, ...values, infinite: this.#infinite, numbers: this.#numbers() }
  }

  #addNumbers(values: Float64Array): void {
    const finite = new Float64Array(values.length)
    let count = 0
    for (const value of values) {
      if (Number.isNaN(value)) this.#nulls++
      else if (Number.isFinite(value)) {
        finite[count++] = value + 0
        this.#count(value + 0)
      } else this.#infinite++
    }
    this.#moments.add(finite.subarray(0, count))
    this.#quantiles.add(finite.subarray(0, count))
  }

  #addTexts(texts: readonly string[]): void {
    const lengths = new Float64Array(texts.length)
    let count = 0
    for (const text of texts) {
      if (text === '') this.#nulls++
      else {
        lengths[count++] = text.length
        this.#count(text)
      }
    }
    this.#moments.add(lengths.subarray(0, count))
  }

  #count(value: number | string): void {
    if (this.#frequent.add(value)) this.#distinct.add(value)
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
    }
  }
}

function shown(value: number | string): number | string {
  return typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value
}

// Sums of the largest numbers overflow, and JSON has no infinity.
function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
