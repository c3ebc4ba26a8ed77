import { columnLetters, columnNumber, MAX_COLUMNS, MAX_ROWS } from './cell-range.ts'
import { epochOfExcelDate } from './excel-date.ts'
import { scanXml, type XmlTag, type XmlVisitor } from './scan-xml.ts'
import { TextCollector, unescapeCharacters } from './shared-strings.ts'
import type { SheetEntry, Workbook } from './workbook.ts'
import { ZipProblem } from './zip-archive.ts'

/** A cell that is not empty; its value as the text that a reader rule takes. */
export interface Cell {
  /** Of an error, the text is what Excel shows, or nothing for a formula whose result is not in the file. */
  kind: 'text' | 'number' | 'boolean' | 'date' | 'error'
  text: string
}

export interface SheetRow {
  /** From 1. */
  number: number
  /** By column, from 1. */
  cells: Map<number, Cell>
}

/** The rows of a sheet that have cells with something in them, in its order, some at a time. */
export async function* readSheetCells(workbook: Workbook, sheet: SheetEntry): AsyncIterable<SheetRow[]> {
  const scanner = new CellScanner(workbook)
  for await (const _ of scanXml(workbook.read(sheet.part), scanner)) {
    const rows = scanner.takeRows()
    if (rows.length > 0) yield rows
  }
  const rows = scanner.takeRows()
  if (rows.length > 0) yield rows
}

/** Makes rows out of the `sheetData` of a worksheet (ECMA-376 part 1, 18.3.1). */
class CellScanner implements XmlVisitor {
  readonly #workbook: Workbook
  readonly #inline = new TextCollector()
  #rows: SheetRow[] = []
  #row: SheetRow = { number: 0, cells: new Map() }
  #column = 0
  #tag: XmlTag | null = null
  #value = ''
  #hasFormula = false
  #isInValue = false

  constructor(workbook: Workbook) {
    this.#workbook = workbook
  }

  takeRows(): SheetRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, tag: XmlTag): void {
    switch (name) {
      case 'row':
        this.#openRow(tag)
        break
      case 'c':
        this.#openCell(tag)
        break
      case 'v':
        this.#isInValue = true
        break
      case 'f':
        this.#hasFormula = true
        break
      default:
        this.#inline.open(name)
    }
  }

  close(name: string): void {
    if (name === 'v') this.#isInValue = false
    else if (name === 'c') this.#closeCell()
    else if (name === 'row') {
      if (this.#row.cells.size > 0) this.#rows.push(this.#row)
    } else this.#inline.close(name)
  }

  text(text: string): void {
    if (this.#isInValue) this.#value += text
    else this.#inline.add(text)
  }

  #openRow(tag: XmlTag): void {
    const number = Number(tag.get('r') ?? this.#row.number + 1)
    if (!(number > this.#row.number && number <= MAX_ROWS)) {
      throw new ZipProblem('damaged', `a row ${tag.get('r')} comes after row ${this.#row.number}`)
    }
    this.#row = { number, cells: new Map() }
    this.#column = 0
  }

  #openCell(tag: XmlTag): void {
    const place = tag.get('r')
    const column = place === undefined ? this.#column + 1 : columnNumber(place.replace(/[0-9]+$/, ''))
    if (!(column > this.#column && column <= MAX_COLUMNS)) {
      throw new ZipProblem('damaged', `the cells of row ${this.#row.number} are in disorder`)
    }
    this.#column = column
    this.#tag = tag
    this.#value = ''
    this.#hasFormula = false
  }

  #closeCell(): void {
    const cell = this.#tag && this.#cellOf(this.#tag)
    if (cell) this.#row.cells.set(this.#column, cell)
    this.#tag = null
  }

  #cellOf(tag: XmlTag): Cell | null {
    const type = tag.get('t') ?? 'n'
    if (type === 'inlineStr') return textCell(this.#inline.take())
    const value = this.#value
    if (value === '') {
      // A program that computes nothing leaves out the results of formulas; an empty text is one, too.
      return this.#hasFormula && type !== 'str' ? { kind: 'error', text: '' } : null
    }
    switch (type) {
      case 's':
        return textCell(this.#sharedText(value))
      case 'str':
        return textCell(unescapeCharacters(value))
      case 'b':
        return { kind: 'boolean', text: value.trim() === '0' || value === 'false' ? 'false' : 'true' }
      case 'e':
        return { kind: 'error', text: value }
      case 'd':
        return { kind: 'date', text: value.trim().replace(/T00:00:00(\.0+)?Z?$/, '') }
      default:
        return this.#numberCell(value, Number(tag.get('s') ?? 0))
    }
  }

  #sharedText(index: string): string {
    const text = this.#workbook.sharedStrings[Number(index)]
    if (text === undefined) throw new ZipProblem('damaged', `the text of ${this.#place} is missing`)
    return text
  }

  #numberCell(value: string, style: number): Cell {
    const number = Number(value)
    if (Number.isNaN(number)) throw new ZipProblem('damaged', `${this.#place} holds no number`)
    const meaning = this.#workbook.styles[style] ?? 'number'
    const epoch = meaning === 'number' ? null : epochOfExcelDate(number, this.#workbook)
    if (epoch === null) return { kind: 'number', text: numberText(number) }
    const iso = new Date(epoch).toISOString().slice(0, -1)
    const isMidnight = epoch % 86_400_000 === 0
    return { kind: 'date', text: meaning === 'date' && isMidnight ? iso.slice(0, 10) : iso }
  }

  get #place(): string {
    return `cell ${columnLetters(this.#column)}${this.#row.number}`
  }
}

function textCell(text: string): Cell | null {
  return text === '' ? null : { kind: 'text', text }
}

// Many digits would be taken for a code, but Excel has no more than fifteen that count.
function numberText(number: number): string {
  return Math.abs(number) >= 1e15 ? number.toExponential() : String(number)
}
