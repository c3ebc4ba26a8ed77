import type { FileRows, RowProblem } from '../read-file/file-rows.ts'
import { MAX_RECORD_BYTES } from '../read-file/record-reader.ts'
import { columnLetters } from './cell-range.ts'
import type { ExcelOptions, ExcelSniff } from './excel-options.ts'
import type { OpenSheet } from './open-sheet.ts'
import type { Cell, SheetRow } from './sheet-cells.ts'

/** Cells with errors that became nulls. */
export interface ErrorCells {
  count: number
  /** Such as C7. */
  first: string
  /** What it shows, or nothing for a formula without a result. */
  text: string
}

const noRow: SheetRow = { number: 0, cells: new Map() }

/** The rows of a sheet under its header. */
export class SheetRows implements FileRows {
  readonly names: readonly string[]
  readonly delimiter = ','
  problem: RowProblem | null = null
  /** After all rows were gone through. */
  errorCells: ErrorCells | null = null
  readonly #sheet: OpenSheet
  readonly #sniff: ExcelSniff
  readonly #options: ExcelOptions
  readonly #indexes: ReadonlyMap<number, number>
  #row = noRow

  constructor(sheet: OpenSheet, sniff: ExcelSniff, options: ExcelOptions) {
    this.names = sniff.startColumns.map(({ name }) => name)
    this.#sheet = sheet
    this.#sniff = sniff
    this.#options = options
    this.#indexes = new Map(sniff.sheetColumns.map((column, index) => [column, index]))
  }

  get line(): number {
    return this.#row.number
  }

  cell(index: number): string | null {
    const cell = this.#row.cells.get(this.#sniff.sheetColumns[index]!)
    return cell === undefined || cell.kind === 'error' ? null : cell.text
  }

  record(): null {
    return null
  }

  raw(): string {
    const last = Math.max(...this.#row.cells.keys())
    const texts = Array.from({ length: last }, (_, index) => this.#row.cells.get(index + 1)?.text ?? '')
    return texts.join('\t')
  }

  async forEach(visit: () => 'stop' | undefined): Promise<void> {
    this.errorCells = null
    await this.#sheet.forEachRow((row) => {
      if (row.number === this.#sniff.headerRow) return undefined
      this.#row = row
      this.problem = this.#look(row)
      return visit()
    })
  }

  #look(row: SheetRow): RowProblem | null {
    let sizeBytes = 0
    for (const [column, cell] of row.cells) {
      const index = this.#indexes.get(column)
      const place = `${columnLetters(column)}${row.number}`
      if (index === undefined) return { reason: 'too-many-fields', message: outside(place) }
      if (cell.kind === 'error') {
        if (this.#options.errorCells === 'reject') {
          return { reason: 'error-cell', message: errorMessage(place, cell), column: this.names[index]! }
        }
        this.errorCells ??= { count: 0, first: place, text: cell.text }
        this.errorCells.count++
      }
      sizeBytes += cell.text.length * 3 + 3
    }
    return sizeBytes > MAX_RECORD_BYTES && byteLength(row) > MAX_RECORD_BYTES
      ? { reason: 'too-long', message: 'The row is longer than 2 MB.' }
      : null
  }
}

function byteLength({ cells }: SheetRow): number {
  let sizeBytes = 0
  for (const { text } of cells.values()) sizeBytes += Buffer.byteLength(text) + 3
  return sizeBytes
}

function outside(place: string): string {
  return `Cell ${place} has a value, but stands in none of the columns of the first rows. Give its column a name in the header.`
}

function errorMessage(place: string, { text }: Cell): string {
  return text === ''
    ? `Cell ${place} holds a formula whose result is not stored in the file.`
    : `Cell ${place} holds the error ${text}.`
}
