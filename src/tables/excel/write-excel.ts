import type { StartColumn } from '../../core/artifacts.ts'
import type { DuckDb } from '../open-duckdb.ts'
import { quoteName } from '../quote.ts'
import { columnLetters, MAX_COLUMNS, MAX_ROWS } from './cell-range.ts'
import { excelDateOfEpoch } from './excel-date.ts'
import { excelError } from './excel-errors.ts'
import { workbookParts } from './workbook-parts.ts'
import { ZipWriter } from './zip-writer.ts'

export interface SheetToWrite {
  /** A query that gives the columns by name, in the order the rows are to have. */
  query: string
  columns: readonly Pick<StartColumn, 'name' | 'type'>[]
  path: string
  /** Whether the first row names the columns. */
  header: boolean
}

const MAX_TEXT = 32_767
/** Excel keeps no more digits of a number. */
const MAX_DIGITS = 15
const styles = { date: 1, datetime: 2, header: 3 } as const

/**
 * Writes the rows of a query to a workbook with one sheet, as they come. Texts are texts, whatever they look like, and
 * never formulas; dates and times are those of Excel, but texts where it knows no such day; whole numbers of more than
 * 15 digits are texts. What is no finite number is left empty, and so is an empty text. Fails with `excel` errors
 * where Excel has no room.
 */
export async function writeExcel(database: DuckDb, sheet: SheetToWrite): Promise<void> {
  const { path, columns } = sheet
  if (columns.length > MAX_COLUMNS) {
    throw excelError('too-many-columns', { columns: columns.length })
  }
  const zip = await ZipWriter.create(path)
  try {
    for (const [name, text] of Object.entries(workbookParts)) await zip.add(name, [text])
    await zip.add('xl/worksheets/sheet1.xml', sheetXml(database, sheet))
    await zip.finish()
  } finally {
    await zip.close()
  }
}

async function* sheetXml(database: DuckDb, { query, columns, header }: SheetToWrite): AsyncIterable<string> {
  yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  yield '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
  if (header) {
    yield '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  }
  yield '<sheetData>'
  const letters = columns.map((_, index) => columnLetters(index + 1))
  let row = 0
  if (header) {
    row++
    const cells = columns.map(({ name }, index) =>
      textXml(name, { place: `${letters[index]}1`, style: styles.header }),
    )
    yield `<row r="1">${cells.join('')}</row>`
  }
  const values = columns.map(({ name, type }) => `${sqlOf(name, type)} AS ${quoteName(name)}`)
  for await (const chunk of database.stream(`SELECT ${values.join(', ')} FROM (${query}\n)`)) {
    const lists = columns.map((_, index) => chunk.getColumnValues(index))
    const rows: string[] = []
    for (let index = 0; index < chunk.rowCount; index++) {
      row++
      if (row > MAX_ROWS) throw excelError('too-many-rows', { rows: header ? MAX_ROWS - 1 : MAX_ROWS })
      const cells = columns.map(({ type }, column) =>
        cellXml(lists[column]![index] as CellValue, type, `${letters[column]}${row}`),
      )
      rows.push(`<row r="${row}">${cells.join('')}</row>`)
    }
    yield rows.join('')
  }
  yield '</sheetData></worksheet>'
}

/** As the SQL below gives it: milliseconds since 1970 of dates and times, digits of whole numbers. */
type CellValue = string | number | boolean | null

function sqlOf(name: string, type: StartColumn['type']): string {
  const value = quoteName(name)
  switch (type) {
    case 'text':
    case 'boolean':
      return value
    case 'number':
      return `${value}::DOUBLE`
    case 'integer':
      return `${value}::VARCHAR`
    case 'date':
    case 'datetime':
      return `epoch_ms(${value})::DOUBLE`
  }
}

function cellXml(value: CellValue, type: StartColumn['type'], place: string): string {
  if (value === null) return ''
  switch (type) {
    case 'text':
      return value === '' ? '' : textXml(value as string, { place })
    case 'number':
      return Number.isFinite(value) ? `<c r="${place}"><v>${value}</v></c>` : ''
    case 'boolean':
      return `<c r="${place}" t="b"><v>${value === true ? 1 : 0}</v></c>`
    case 'integer': {
      const digits = value as string
      const isExact = digits.replace('-', '').length <= MAX_DIGITS
      return isExact ? `<c r="${place}"><v>${digits}</v></c>` : textXml(digits, { place })
    }
    case 'date':
    case 'datetime':
      return dateXml(value as number, type, place)
  }
}

function dateXml(epochMs: number, type: 'date' | 'datetime', place: string): string {
  const days = excelDateOfEpoch(epochMs)
  if (days !== null) return `<c r="${place}" s="${styles[type]}"><v>${days}</v></c>`
  const iso = new Date(epochMs).toISOString()
  return textXml(type === 'date' ? iso.replace(/T.*/, '') : iso, { place })
}

function textXml(text: string, { place, style }: { place: string; style?: number }): string {
  if (text.length > MAX_TEXT) throw excelError('too-long-text', { cell: place, characters: text.length })
  const styled = style === undefined ? '' : ` s="${style}"`
  return `<c r="${place}"${styled} t="inlineStr"><is><t xml:space="preserve">${escapeText(text)}</t></is></c>`
}

/** Characters that XML cannot hold stand as `_x0007_`, and so does what looks so already (ECMA-376 part 1, 22.9.2.19). */
function escapeText(text: string): string {
  return text
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[^\t\n\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, (character) => {
      const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
      return `_x${code}_`
    })
}
