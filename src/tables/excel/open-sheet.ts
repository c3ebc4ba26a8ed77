import type { RunContext } from '../../node-kit/run-context.ts'
import { parseCellRange, wholeSheet, type CellRange } from './cell-range.ts'
import { excelError } from './excel-errors.ts'
import type { ExcelOptions } from './excel-options.ts'
import { MergedCells } from './merged-cells.ts'
import { readSheetCells, type SheetRow } from './sheet-cells.ts'
import { withWorkbook, type SheetEntry, type Workbook } from './workbook.ts'

/** A sheet as its reader wants it: within the range, with merged cells as they are wanted. */
export interface OpenSheet {
  name: string
  /** All sheets of the workbook. */
  sheets: readonly string[]
  /** Visits the rows that have values, in their order, until one says `'stop'`. */
  forEachRow(visit: (row: SheetRow) => 'stop' | undefined): Promise<'stopped' | 'done'>
}

export async function withSheet<Result>(
  context: Pick<RunContext, 'signal'>,
  options: ExcelOptions,
  work: (sheet: OpenSheet) => Promise<Result>,
): Promise<Result> {
  const range = options.range === undefined ? wholeSheet : parseCellRange(options.range)
  return withWorkbook(options.path, async (workbook) => {
    const sheet = sheetOf(workbook, options)
    return work({
      name: sheet.name,
      sheets: workbook.sheets.map(({ name }) => name),
      async forEachRow(visit) {
        const merged = options.mergedCells === 'each' ? await MergedCells.read(workbook, sheet) : null
        for await (const rows of readSheetCells(workbook, sheet)) {
          context.signal.throwIfAborted()
          for (const row of rows) {
            merged?.fill(row)
            if (row.number > range.lastRow) return 'done'
            const inside = rowWithin(row, range)
            if (inside && visit(inside) === 'stop') return 'stopped'
          }
        }
        return 'done'
      },
    })
  })
}

function sheetOf({ file, sheets }: Workbook, { sheet }: ExcelOptions): SheetEntry {
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
  const found =
    typeof sheet === 'number'
      ? sheets[sheet - 1]
      : (sheets.find(({ name }) => name === sheet) ?? sheets.find(({ name }) => same(name, sheet.trim())))
  if (found) return found
  const wanted = typeof sheet === 'number' ? `number ${sheet}` : `“${sheet}”`
  throw excelError('no-sheet', { file, sheet: wanted, sheets: sheets.map(({ name }) => name) })
}

function rowWithin(row: SheetRow, range: CellRange): SheetRow | null {
  if (row.number < range.firstRow) return null
  const { firstColumn, lastColumn } = range
  for (const column of row.cells.keys()) {
    if (column < firstColumn || column > lastColumn) row.cells.delete(column)
  }
  return row.cells.size === 0 ? null : row
}
