import { parseCellRange, type CellRange } from './cell-range.ts'
import { scanXml } from './scan-xml.ts'
import type { Cell, SheetRow } from './sheet-cells.ts'
import type { SheetEntry, Workbook } from './workbook.ts'

/** Gives every cell of merged cells their value, which stands in the first of them, in rows that have values. */
export class MergedCells {
  /** Merged cells stand behind all cells of a sheet, so that it is gone through for them alone. */
  static async read(workbook: Workbook, sheet: SheetEntry): Promise<MergedCells> {
    const ranges: CellRange[] = []
    const visitor = {
      open(name: string, tag: { get(name: string): string | undefined }) {
        if (name === 'mergeCell') ranges.push(parseCellRange(tag.get('ref') ?? ''))
      },
      close() {},
      text() {},
    }
    for await (const _ of scanXml(workbook.read(sheet.part), visitor)) continue
    return new MergedCells(ranges)
  }

  readonly #waiting: CellRange[]
  #active: { range: CellRange; cell: Cell | undefined }[] = []

  private constructor(ranges: readonly CellRange[]) {
    this.#waiting = ranges.toSorted((one, other) => other.firstRow - one.firstRow)
  }

  /** Rows must come in their order. */
  fill({ number, cells }: SheetRow): void {
    while (this.#waiting.length > 0 && this.#waiting.at(-1)!.firstRow <= number) {
      const range = this.#waiting.pop()!
      const cell = range.firstRow === number ? cells.get(range.firstColumn) : undefined
      this.#active.push({ range, cell })
    }
    this.#active = this.#active.filter(({ range }) => range.lastRow >= number)
    for (const { range, cell } of this.#active) {
      if (!cell) continue
      for (let column = range.firstColumn; column <= range.lastColumn; column++) cells.set(column, cell)
    }
  }
}
