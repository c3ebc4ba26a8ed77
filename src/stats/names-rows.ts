import type { ColumnType } from '../core/columns.ts'
import type { PreparedColumn } from './prepared-column.ts'

const fewestRows = 50
/** From this share of different values on nearly every row has one of its own. */
const mostlyDifferent = 0.95

/**
 * Whether nearly every row of a column has a value of its own, as keys and free texts have: current rows then have other
 * values than the reference, whatever has happened. Amounts with decimals are never taken for such.
 */
export function namesRows(
  type: ColumnType,
  { reference, current }: { reference: PreparedColumn; current: PreparedColumn },
): boolean {
  if (type !== 'text' && type !== 'integer') return false
  return [reference, current].every((side) => {
    const { different, count } = differentIn(side)
    return count >= fewestRows && different >= mostlyDifferent * count
  })
}

function differentIn(column: PreparedColumn): { different: number; count: number } {
  if ('sketch' in column)
    return { different: column.sketch.distinct.count, count: column.rows - column.sketch.nulls }
  if ('texts' in column) return { different: column.texts.size, count: column.rows - column.gaps }
  const { numbers } = column
  let different = 0
  for (let place = 0; place < numbers.length; place++)
    if (place === 0 || numbers[place] !== numbers[place - 1]) different++
  return { different, count: numbers.length }
}
