import type { RunContext } from '../../node-kit/run-context.ts'
import { logDoubt } from '../read-file/log-doubt.ts'
import type { FileReading } from '../read-file/read-options.ts'
import { storeRows } from '../read-file/store-rows.ts'
import type { ExcelOptions, ExcelSniff } from './excel-options.ts'
import { withSheet } from './open-sheet.ts'
import { SheetRows, type ErrorCells } from './sheet-rows.ts'
import { sniffExcel } from './sniff-excel.ts'

export interface ExcelReading extends Omit<FileReading, 'sniff'> {
  sniff: ExcelSniff
  /** Cells with errors that became nulls, if any. */
  errorCells: ErrorCells | null
}

/**
 * Reads a sheet of an Excel workbook into stored rows, in its order, and its unreadable rows into a table of rejects,
 * with their row of the sheet as the line: none is dropped, but rows without any value are no rows. The workbook is
 * unpacked as it is read: its texts are held in memory, its cells are not.
 */
export async function readExcel(context: RunContext, options: ExcelOptions): Promise<ExcelReading> {
  const sniff = await sniffExcel(context, options)
  for (const doubt of sniff.doubts) logDoubt(context, doubt, { unit: 'row' })
  let errorCells: ErrorCells | null = null
  const reading = await withSheet(context, options, async (sheet) =>
    storeRows(context, {
      file: options.path,
      startColumns: sniff.startColumns,
      hasNulls: true,
      withRows: async (work) => {
        const rows = new SheetRows(sheet, sniff, options)
        const result = await work(rows)
        // The first time through, they are all gone through.
        errorCells ??= rows.errorCells
        return result
      },
    }),
  )
  return { sniff, ...reading, errorCells }
}
