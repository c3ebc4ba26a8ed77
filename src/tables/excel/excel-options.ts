import type { ColumnReadOptions, FileSniff } from '../read-file/read-options.ts'

/** Whatever is absent is found out from the sheet, or has its default. */
export interface ExcelOptions {
  /** Absolute. */
  path: string
  /** Its name, or its number from 1. */
  sheet: string | number
  /** As in Excel; all of the sheet unless given. */
  range?: string
  header?: boolean
  /** Whether the value of merged cells stands in the first of them only, as in the file, or in each. */
  mergedCells: 'first' | 'each'
  /** Whether a cell with an error is a null, or has its row rejected. */
  errorCells: 'null' | 'reject'
  nullValues?: readonly string[]
  trim?: boolean
  /** Of dates that are texts. */
  dateFormat?: string
  /** By the name that the column has in the table. */
  columns?: Readonly<Record<string, ColumnReadOptions>>
  /** How many rows types are found out from: 20 000. */
  sampleRows?: number
}

/** What was found out about a sheet: enough to read it. */
export interface ExcelSniff extends Pick<FileSniff, 'startColumns' | 'sampledRows' | 'doubts'> {
  /** The number of the row with the names, or null. */
  headerRow: number | null
  /** The column of the sheet that each column is read from, ascending. */
  sheetColumns: number[]
}
