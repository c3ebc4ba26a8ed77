import type { Column } from '../../../src/core/columns.ts'

/** Wide enough for the name and for what is usual in a column of its type. */
export function columnWidth({ name, type }: Column): number {
  const ofType = { number: 96, integer: 84, boolean: 76, text: 150, date: 100, datetime: 160, vector: 240 }
  return Math.min(260, Math.max(ofType[type], name.length * 7.2 + 62))
}

export interface ColumnWindow {
  from: number
  /** The column behind the last. */
  to: number
}

/** Which columns lie in view, with one more on each side; `lefts` has the left edge of each, and the end of the last. */
export function columnsInView(lefts: readonly number[], from: number, widthPx: number): ColumnWindow {
  const count = lefts.length - 1
  let first = 0
  while (first < count - 1 && lefts[first + 1]! <= from) first++
  let last = first
  while (last < count && lefts[last]! < from + widthPx) last++
  return { from: Math.max(0, first - 1), to: Math.min(count, last + 1) }
}

export function leftEdges(widths: readonly number[]): number[] {
  const lefts = [0]
  for (const width of widths) lefts.push(lefts.at(-1)! + width)
  return lefts
}
