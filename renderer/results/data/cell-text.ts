import type { Cell } from '../../../src/contract/cell.ts'
import type { ColumnType } from '../../../src/core/columns.ts'
import { amountText } from '../format-amounts.ts'

const longestText = 300

/** A cell as a table shows it; null for what is missing. Numbers stand as they are, to be compared digit by digit. */
export function cellText(cell: Cell, type: ColumnType): string | null {
  if (cell === null) return null
  if (Array.isArray(cell)) return vectorText(cell)
  if (typeof cell === 'string') return type === 'datetime' ? datetimeText(cell) : shortened(cell)
  return typeof cell === 'number' ? numberText(cell) : String(cell)
}

function numberText(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return String(Number(value.toPrecision(8)))
}

const datetimeText = (text: string): string => text.replace('T', ' ').replace(/(?:\.000)?Z$/, '')

function vectorText(values: readonly (number | null)[]): string {
  const shown = values.slice(0, 8).map((value) => (value === null ? '–' : amountText(value)))
  return `[${shown.join(', ')}${values.length > 8 ? `, … ${values.length} in all` : ''}]`
}

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s*\n\s*/g, ' ↵ ')
  return line.length > longestText ? `${line.slice(0, longestText)}…` : line
}
