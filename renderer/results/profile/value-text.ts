import type { ColumnType } from '../../../src/core/columns.ts'
import { amountText } from '../format-amounts.ts'

/** A value as a sketch holds it (times in epoch milliseconds, true as 1), in words. */
export function valueText(value: number | string, type: ColumnType): string {
  if (typeof value === 'string') return value
  if (type === 'boolean') return value === 1 ? 'true' : 'false'
  if (type === 'date' || type === 'datetime') return timeText(value, type)
  return amountText(value)
}

function timeText(value: number, type: 'date' | 'datetime'): string {
  const at = new Date(value)
  if (Number.isNaN(at.getTime())) return '–'
  const iso = at.toISOString()
  return type === 'date' ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ')
}
