import { excelError } from './excel-errors.ts'

export const MAX_ROWS = 1_048_576
export const MAX_COLUMNS = 16_384

/** Rows and columns from 1, both ends included. */
export interface CellRange {
  firstRow: number
  lastRow: number
  firstColumn: number
  lastColumn: number
}

export const wholeSheet: CellRange = {
  firstRow: 1,
  lastRow: MAX_ROWS,
  firstColumn: 1,
  lastColumn: MAX_COLUMNS,
}

/** The cells of `A1:F200`, `A:F`, `3:90`, or of `B3` and all to the right of it and below. */
export function parseCellRange(range: string): CellRange {
  const match = /^\$?([A-Z]{1,3})?\$?([0-9]{1,7})?(:\$?([A-Z]{1,3})?\$?([0-9]{1,7})?)?$/i.exec(range.trim())
  const [, column, row, to, lastColumn, lastRow] = match ?? []
  const hasEnd = lastColumn !== undefined || lastRow !== undefined
  if (!match || (column === undefined && row === undefined) || (to !== undefined && !hasEnd)) {
    throw excelError('bad-range', { range, reason: 'it is no range of cells' })
  }
  const cells: CellRange = {
    firstRow: row === undefined ? 1 : Number(row),
    lastRow: lastRow === undefined ? MAX_ROWS : Number(lastRow),
    firstColumn: column === undefined ? 1 : columnNumber(column),
    lastColumn: lastColumn === undefined ? MAX_COLUMNS : columnNumber(lastColumn),
  }
  const isInside = cells.firstRow >= 1 && cells.lastRow <= MAX_ROWS && cells.lastColumn <= MAX_COLUMNS
  if (!isInside) throw excelError('bad-range', { range, reason: 'it goes beyond what a sheet can have' })
  if (cells.firstRow > cells.lastRow || cells.firstColumn > cells.lastColumn) {
    throw excelError('bad-range', { range, reason: 'it ends before it starts' })
  }
  return cells
}

/** The number of a column by its letters: 1 for A, 27 for AA. */
export function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64
  return number
}

export function columnLetters(number: number): string {
  let letters = ''
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}
