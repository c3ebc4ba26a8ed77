import { countInBins, type Binning } from './bins.ts'
import { fewValues } from './choose-drift-method.ts'
import type { Bins, Counts } from './counts.ts'
import type { CountedTexts, ExactColumn, SortedNumbers } from './prepared-column.ts'

/** The values that are there, of one column in both samples. */
export interface ColumnSamples {
  /** Ascending; null for texts. */
  numbers: { reference: Float64Array; current: Float64Array } | null
  /** How many different values there are over both, counted up to a few more than matter. */
  distinct: number
  /** Rows by value; of numbers with many values, by bin. */
  counts(binning: Binning): Counts & Bins
}

/** Null when a sample has no value at all. Throws a `RangeError` where one holds numbers and the other texts. */
export function columnSamples(reference: ExactColumn, current: ExactColumn): ColumnSamples | null {
  if ('numbers' in reference && 'numbers' in current) return numberSamples(reference, current)
  if ('texts' in reference && 'texts' in current) return textSamples(reference, current)
  throw new RangeError('numbers cannot be compared with texts')
}

function numberSamples(reference: SortedNumbers, current: SortedNumbers): ColumnSamples | null {
  const numbers = { reference: reference.numbers, current: current.numbers }
  if (numbers.reference.length === 0 || numbers.current.length === 0) return null
  const counted = { reference: countFew(numbers.reference), current: countFew(numbers.current) }
  if (counted.reference && counted.current) {
    const byValue = joinCounts(counted.reference, counted.current)
    const distinct = byValue.values.length
    if (distinct <= fewValues) return { numbers, distinct, counts: () => byValue }
  }
  const counts = (binning: Binning) => countInBins(numbers.reference, numbers.current, binning)
  return { numbers, distinct: fewValues + 1, counts }
}

function textSamples(reference: CountedTexts, current: CountedTexts): ColumnSamples | null {
  if (reference.texts.size === 0 || current.texts.size === 0) return null
  const byValue = joinCounts(reference.texts, current.texts)
  return { numbers: null, distinct: byValue.values.length, counts: () => byValue }
}

/** How often each of sorted numbers stands there; null where there are more than a few. */
function countFew(sorted: Float64Array): Map<number, number> | null {
  const counts = new Map<number, number>()
  for (const value of sorted) {
    const count = counts.get(value)
    if (count === undefined && counts.size === fewValues) return null
    counts.set(value, (count ?? 0) + 1)
  }
  return counts
}

/** In the order of the reference, then of the current ones that it does not have. */
function joinCounts<Value extends string | number>(
  reference: ReadonlyMap<Value, number>,
  current: ReadonlyMap<Value, number>,
): Counts & { values: Value[] } {
  const values = [...new Set([...reference.keys(), ...current.keys()])]
  return {
    values,
    reference: values.map((value) => reference.get(value) ?? 0),
    current: values.map((value) => current.get(value) ?? 0),
  }
}
