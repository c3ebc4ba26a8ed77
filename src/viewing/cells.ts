import type { Cell } from '../contract/cell.ts'
import type { ColumnType } from '../core/columns.ts'

/** A value of one row: dates and times as epoch milliseconds, a vector as its numbers. */
export type RawCell = number | bigint | string | boolean | null | Float64Array

/** A value as JSON; see `cellSchema`. */
export function cellOf(type: ColumnType, value: RawCell): Cell {
  if (value === null) return null
  if (value instanceof Float64Array)
    return Array.from(value, (element) => (Number.isFinite(element) ? element : null))
  switch (type) {
    case 'text':
    case 'boolean':
      return value as string | boolean
    case 'number':
    case 'vector':
      return numberCell(Number(value))
    case 'integer':
      return integerCell(value as number | bigint)
    case 'date':
      return isoText(Number(value)).slice(0, 10)
    case 'datetime':
      return isoText(Number(value))
  }
}

const numberCell = (value: number): Cell => (Number.isFinite(value) ? value : String(value))

function integerCell(value: number | bigint): Cell {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

/** DuckDB's dates reach further than those of JavaScript. */
function isoText(ms: number): string {
  const time = new Date(ms)
  return Number.isNaN(time.getTime()) ? String(ms) : time.toISOString()
}

/** What models see in a column of a recipe, as a value: NaN and an empty text are none. */
export function rawOfModelValue(type: ColumnType, value: number | string): RawCell {
  if (typeof value === 'string') return value === '' ? null : value
  if (Number.isNaN(value)) return null
  return type === 'boolean' ? value !== 0 : value
}

/** A stored value as models see it. */
export function modelValueOf(value: RawCell): number {
  return value === null ? NaN : Number(value)
}
