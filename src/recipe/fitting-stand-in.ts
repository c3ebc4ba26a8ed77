import type { Column } from '../core/columns.ts'
import { msPerDay } from '../core/epoch-of-date.ts'
import { recipeError } from './errors.ts'

/** A mean or median as a value of its column: dates are rounded to a day, times to a millisecond. */
export function fittingStandIn(value: number, { name, type }: Pick<Column, 'name' | 'type'>): number {
  if (!Number.isFinite(value)) throw recipeError('out-of-range', { column: name })
  if (type === 'date') return Math.round(value / msPerDay) * msPerDay
  return type === 'datetime' ? Math.round(value) : value
}
