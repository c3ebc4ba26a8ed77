import { clipText, harmless, padText, textWidth } from './text-width.ts'

export interface TableColumn {
  title: string
  /** Numbers stand right. */
  align?: 'left' | 'right'
}

/** Lines of a table with aligned columns; the widest text column gives way where a line would be too long. */
export function formatTable(options: {
  columns: readonly TableColumn[]
  rows: readonly (readonly string[])[]
  /** Of the terminal; a table in a pipe is as wide as it is. */
  width?: number | undefined
}): string[] {
  const { columns, width = Infinity } = options
  const rows = options.rows.map((row) => row.map((cell) => harmless(cell).replaceAll('\n', ' ')))
  const widths = columns.map(({ title }, index) =>
    rows.reduce((most, row) => Math.max(most, textWidth(row[index] ?? '')), textWidth(title)),
  )
  const gaps = 2 * (columns.length - 1)
  const tooMuch = widths.reduce((sum, each) => sum + each, gaps) - width
  if (tooMuch > 0) {
    const widest = widths.indexOf(Math.max(...widths))
    widths[widest] = Math.max(8, widths[widest]! - tooMuch)
  }
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const cell = clipText(cells[index] ?? '', widths[index]!)
        return align === 'right'
          ? ' '.repeat(widths[index]! - textWidth(cell)) + cell
          : padText(cell, widths[index]!)
      })
      .join('  ')
      .trimEnd()
  return [line(columns.map((column) => column.title)), ...rows.map(line)]
}
