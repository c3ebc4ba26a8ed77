import { countInBins, type Binning } from './bins.ts'
import { fewValues } from './choose-drift-method.ts'
import type { Bins, Counts } from './counts.ts'

/** A column of a sample: numbers with NaN, or texts with `''`, for no value. What is infinite does not count either. */
export type ColumnValues = Float64Array | readonly string[]

/** The values that are there, of one column in both samples. */
export interface ColumnSamples {
  /** Ascending; null for texts. */
  numbers: { reference: Float64Array; current: Float64Array } | null
  /** How many different values there are over both, counted up to a few more than matter. */
  distinct: number
  /** Rows by value; of numbers with many values, by bin. */
  counts(binning: Binning): Counts & Bins
}

/** Null when a sample has no value at all. */
export function columnSamples(reference: ColumnValues, current: ColumnValues): ColumnSamples | null {
  if (reference instanceof Float64Array && current instanceof Float64Array) {
    const numbers = { reference: sortedValues(reference), current: sortedValues(current) }
    if (numbers.reference.length === 0 || numbers.current.length === 0) return null
    const byValue = countByValue(numbers.reference, numbers.current, fewValues)
    if (byValue) return { numbers, distinct: byValue.reference.length, counts: () => byValue }
    const counts = (binning: Binning) => countInBins(numbers.reference, numbers.current, binning)
    return { numbers, distinct: fewValues + 1, counts }
  }
  const texts = { reference: textsOf(reference), current: textsOf(current) }
  if (texts.reference.length === 0 || texts.current.length === 0) return null
  const byValue = countByValue(texts.reference, texts.current, Infinity)!
  return { numbers: null, distinct: byValue.reference.length, counts: () => byValue }
}

const sortedValues = (values: Float64Array): Float64Array => values.filter(Number.isFinite).sort()

const textsOf = (values: ColumnValues): string[] =>
  Array.from(values, (value: string | number) => (Number.isNaN(value) ? '' : String(value))).filter(
    (value) => value !== '',
  )

/** In the order in which values come; null when there are more than `most`. */
function countByValue(
  reference: Iterable<string | number>,
  current: Iterable<string | number>,
  most: number,
): (Counts & { values: (string | number)[] }) | null {
  const counts = new Map<string | number, { reference: number; current: number }>()
  const samples = { reference, current }
  for (const side of ['reference', 'current'] as const) {
    for (const value of samples[side]) {
      const found = counts.get(value)
      if (found) found[side]++
      else if (counts.size === most) return null
      else counts.set(value, { reference: 0, current: 0, [side]: 1 })
    }
  }
  const all = [...counts.values()]
  return {
    values: [...counts.keys()],
    reference: all.map((count) => count.reference),
    current: all.map((count) => count.current),
  }
}
