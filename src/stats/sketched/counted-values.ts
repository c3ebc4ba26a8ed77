import type { ColumnSketch } from '../../core/sketch-schema.ts'
import { sketchedText } from '../../core/sketched-text.ts'
import type { PreparedColumn } from '../prepared-column.ts'

/** How often values of a column come; what is not listed is not known. Texts as a sketch names them. */
export interface CountedValues {
  /** Rows with a finite value. */
  count: number
  counts: ReadonlyMap<string | number, number>
  /** Whether all values are listed. */
  isComplete: boolean
  /** By how much a count may be too low. */
  missed: number
}

export function countedValues(column: PreparedColumn): CountedValues {
  if ('sketch' in column) return countedInSketch(column.sketch, column.rows)
  if ('texts' in column) return countedTexts(column.texts)
  return countedNumbers(column.numbers)
}

function countedInSketch(sketch: ColumnSketch, rows: number): CountedValues {
  const { top, topMissed, distinct, nulls } = sketch
  return {
    count: rows - nulls - (sketch.type === 'text' ? 0 : sketch.infinite),
    counts: new Map(top.map(({ value, count }) => [value, count])),
    isComplete: distinct.isExact && distinct.count === top.length,
    missed: topMissed,
  }
}

function countedTexts(texts: ReadonlyMap<string, number>): CountedValues {
  const counts = new Map<string, number>()
  let all = 0
  for (const [text, count] of texts) {
    const name = sketchedText(text)
    counts.set(name, (counts.get(name) ?? 0) + count)
    all += count
  }
  return { count: all, counts, isComplete: true, missed: 0 }
}

/** More different numbers than this are compared by their ranks. */
const mostCounted = 200

function countedNumbers(sorted: Float64Array): CountedValues {
  const counts = new Map<number, number>()
  for (const value of sorted) {
    counts.set(value, (counts.get(value) ?? 0) + 1)
    if (counts.size > mostCounted)
      return { count: sorted.length, counts, isComplete: false, missed: sorted.length }
  }
  return { count: sorted.length, counts, isComplete: true, missed: 0 }
}
