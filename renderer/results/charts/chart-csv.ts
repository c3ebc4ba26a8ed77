import type { DrawnChart } from './drawn-chart.ts'

/** RFC 4180; a text that a spreadsheet would run as a formula is led by an apostrophe. */
export function csvOf({ header, rows }: DrawnChart['table']): string {
  const line = (cells: readonly (string | number | null)[]): string => cells.map(cellOf).join(',')
  return [header, ...rows].map((cells) => `${line(cells)}\r\n`).join('')
}

function cellOf(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
