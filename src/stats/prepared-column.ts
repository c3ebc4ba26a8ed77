import type { ColumnSketch } from '../core/sketch-schema.ts'
import { sortNumbers } from '../tables/sort/sort-numbers.ts'

/** A column of a sample: numbers with NaN, or texts with `''`, for no value. What is infinite does not count either. */
export type ColumnValues = Float64Array | readonly string[]

interface Sized {
  rows: number
  /** Rows without a value. */
  gaps: number
}

/** The finite numbers of a column, ascending. */
export interface SortedNumbers extends Sized {
  numbers: Float64Array
}

/** How many rows have each text, in the order in which they first come. */
export interface CountedTexts extends Sized {
  texts: ReadonlyMap<string, number>
}

/** What a sketch tells of a column of so many rows. */
export interface SketchedColumn {
  rows: number
  sketch: ColumnSketch
}

/** A column in the form in which its rows are compared. */
export type ExactColumn = SortedNumbers | CountedTexts
export type PreparedColumn = ExactColumn | SketchedColumn

/** The same as `prepareNumbers` and `prepareTexts`; the values stay as they are. */
export function prepareColumn(values: ColumnValues): ExactColumn {
  if (values instanceof Float64Array) return prepareNumbers(values.slice())
  const counter = new TextCounter()
  counter.add(values)
  return counter.finish()
}

/** Sorts where the numbers lie: their memory is taken over. */
export function prepareNumbers(values: Float64Array): SortedNumbers {
  let [count, gaps] = [0, 0]
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    // Zero but for NaN and infinities; a sum, so that 0 and -0 are one value.
    if (value - value === 0) values[count++] = value + 0
    else if (Number.isNaN(value)) gaps++
  }
  const numbers = values.subarray(0, count)
  sortNumbers(numbers)
  return { rows: values.length, gaps, numbers }
}

/** Counts the texts of a column chunk by chunk. */
export class TextCounter {
  #rows = 0
  #gaps = 0
  readonly #counts = new Map<string, number>()

  add(values: readonly string[]): void {
    this.#rows += values.length
    for (const value of values) {
      if (value === '') this.#gaps++
      else this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1)
    }
  }

  finish(): CountedTexts {
    return { rows: this.#rows, gaps: this.#gaps, texts: this.#counts }
  }
}
