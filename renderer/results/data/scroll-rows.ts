/** Browsers give no element more than some 33 million pixels; a table of more rows is scrolled over a shorter one. */
const tallestPx = 8_000_000

export interface ScrolledRows {
  rows: number
  rowPx: number
  viewportPx: number
}

export interface ScrollState {
  /** Of the scrolled element. */
  scrollTop: number
  /** Where the rows stand, as if the element were as tall as all of them. */
  rowsTop: number
}

const fullPx = ({ rows, rowPx }: ScrolledRows): number => rows * rowPx

export const scrolledPx = (given: ScrolledRows): number => Math.min(fullPx(given), tallestPx)

const endOfScroll = (given: ScrolledRows): number => Math.max(0, scrolledPx(given) - given.viewportPx)
const endOfRows = (given: ScrolledRows): number => Math.max(0, fullPx(given) - given.viewportPx)

/**
 * Where the rows stand after the element was scrolled. A short way is the same way for the rows, so that a wheel moves
 * them as ever; a long way (the bar was dragged) is the same share of all rows. Either end is always reached.
 */
export function afterScroll(given: ScrolledRows, before: ScrollState, scrollTop: number): ScrollState {
  const end = endOfScroll(given)
  if (fullPx(given) <= tallestPx) return { scrollTop, rowsTop: scrollTop }
  if (scrollTop <= 0) return { scrollTop, rowsTop: 0 }
  if (scrollTop >= end) return { scrollTop, rowsTop: endOfRows(given) }
  const way = scrollTop - before.scrollTop
  const rowsTop =
    Math.abs(way) <= 2 * given.viewportPx ? before.rowsTop + way : (scrollTop / end) * endOfRows(given)
  return { scrollTop, rowsTop: Math.min(Math.max(rowsTop, 0), endOfRows(given)) }
}

/** The scroll that brings a row into view, moving as little as can be; the same state when it is in view. */
export function scrollToRow(given: ScrolledRows, before: ScrollState, row: number): ScrollState {
  const top = row * given.rowPx
  const highest = top - given.viewportPx + given.rowPx
  if (before.rowsTop <= top && before.rowsTop >= highest) return before
  const rowsTop = Math.min(Math.max(before.rowsTop > top ? top : highest, 0), endOfRows(given))
  const end = endOfRows(given)
  const scrollTop = end === 0 ? 0 : Math.round((rowsTop / end) * endOfScroll(given))
  return { scrollTop, rowsTop }
}

/** First row in view and the row behind the last. */
export function rowsInView(given: ScrolledRows, { rowsTop }: ScrollState): { from: number; to: number } {
  const from = Math.floor(rowsTop / given.rowPx)
  const to = Math.ceil((rowsTop + given.viewportPx) / given.rowPx)
  return { from: Math.max(0, from), to: Math.min(given.rows, to) }
}
