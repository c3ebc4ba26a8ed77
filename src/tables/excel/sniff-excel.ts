import type { RunContext } from '../../node-kit/run-context.ts'
import { columnNames } from '../read-file/column-names.ts'
import { ColumnSampler } from '../read-file/column-sampler.ts'
import { guessHeader } from '../read-file/guess-header.ts'
import { refuseUnknownColumns } from '../read-file/refuse-unknown-columns.ts'
import { SAMPLE_CELLS, SAMPLE_ROWS } from '../read-file/sniff-csv.ts'
import { excelError } from './excel-errors.ts'
import type { ExcelOptions, ExcelSniff } from './excel-options.ts'
import { withSheet, type OpenSheet } from './open-sheet.ts'
import type { Cell, SheetRow } from './sheet-cells.ts'

const HEADER_ROWS = 200

/** Finds out the columns of a sheet and their types from its first rows. Reading it finds out the same. */
export async function sniffExcel(context: RunContext, options: ExcelOptions): Promise<ExcelSniff> {
  return withSheet(context, options, async (sheet) => {
    const rows = await firstRows(sheet, options)
    const sniff = sniffRows(context, options, rows)
    refuseUnknownColumns(options, sniff)
    return sniff
  })
}

async function firstRows(sheet: OpenSheet, options: ExcelOptions): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  // One more, which may be the header.
  const limit = (options.sampleRows ?? SAMPLE_ROWS) + 1
  let cells = 0
  await sheet.forEachRow((row) => {
    rows.push(row)
    cells += row.cells.size
    return rows.length >= limit || cells >= SAMPLE_CELLS ? 'stop' : undefined
  })
  if (rows.length > 0) return rows
  const { path, range } = options
  const where = range === undefined ? '' : ` in ${range}`
  throw excelError('empty-sheet', { file: path, sheet: sheet.name, where, sheets: sheet.sheets })
}

function sniffRows(context: RunContext, options: ExcelOptions, rows: readonly SheetRow[]): ExcelSniff {
  const found = new Set<number>()
  for (const { cells } of rows) for (const column of cells.keys()) found.add(column)
  const sheetColumns = [...found].sort((one, other) => one - other)
  const textsOf = ({ cells }: SheetRow): string[] =>
    sheetColumns.map((column) => cells.get(column)?.text ?? '')
  const first = textsOf(rows[0]!)
  const hasHeader = options.header ?? guessHeader(first, rows.slice(1, HEADER_ROWS).map(textsOf))
  const values = hasHeader ? rows.slice(1) : rows
  const samplers = columnNames(hasHeader ? first : first.map(() => '')).map((name, index) => {
    const sampler = new ColumnSampler(name, options)
    for (const row of values) addCell(sampler, row.cells.get(sheetColumns[index]!), row.number)
    return sampler
  })
  return {
    headerRow: hasHeader ? rows[0]!.number : null,
    sheetColumns,
    startColumns: samplers.map((sampler) => sampler.startColumn(context.node)),
    sampledRows: values.length,
    doubts: samplers.flatMap((sampler) => sampler.doubts),
  }
}

function addCell(sampler: ColumnSampler, cell: Cell | undefined, row: number): void {
  if (!cell || cell.kind === 'error') return
  if (cell.kind === 'text') sampler.addString(cell.text, row)
  else sampler.add(cell.text, row)
}
