import type { Cell } from '../../../src/contract/cell.ts'
import type { TablePoints } from '../../../src/contract/tables-contract.ts'
import type { Column } from '../../../src/core/columns.ts'
import { isTime } from './chart-kinds.ts'

/** A column of a chart's points: what it is, and its value in each row. */
export interface PointColumn {
  column: Column
  cells: readonly Cell[]
}

export function pointColumn(points: TablePoints, name: string): PointColumn | null {
  const index = points.columns.findIndex((column) => column.name === name)
  return index === -1 ? null : { column: points.columns[index]!, cells: points.values[index]! }
}

/** Values as numbers, times as epoch milliseconds; NaN for what is missing or not finite. */
export function numbersOf({ column, cells }: PointColumn): Float64Array {
  const read = isTime(column) ? timeOf : numberOf
  return Float64Array.from(cells, read)
}

const timeOf = (cell: Cell): number => (typeof cell === 'string' ? Date.parse(cell) : Number.NaN)

function numberOf(cell: Cell): number {
  if (typeof cell === 'boolean') return Number(cell)
  const value = typeof cell === 'string' ? Number(cell) : cell
  return typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN
}

export interface Group {
  label: string
  /** The value that its rows have; undefined for all that are too rare for a group of their own. */
  value: Cell | undefined
  count: number
}

export interface Grouped {
  /** The most frequent first; with `others` last where there are more. */
  groups: readonly Group[]
  /** For each row, the index of its group. */
  groupOf: Int32Array
}

export const missingLabel = '(missing)'

/** Rows by the value of a column. */
export function groupRows({ cells }: PointColumn, most: number): Grouped {
  const counts = new Map<string | number | boolean | null, number>()
  const keys = cells.map((cell) => (Array.isArray(cell) ? null : cell))
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  const ranked = [...counts].toSorted(([a, many], [b, more]) => more - many || compareKeys(a, b))
  const kept = ranked.slice(0, ranked.length > most ? most - 1 : most)
  const groups: Group[] = kept.map(([value, count]) => ({ label: labelOf(value), value, count }))
  const rest = ranked.slice(kept.length)
  if (rest.length > 0) {
    const count = rest.reduce((sum, [, rows]) => sum + rows, 0)
    groups.push({ label: `${rest.length} others`, value: undefined, count })
  }
  const places = new Map(kept.map(([value], index) => [value, index]))
  return { groups, groupOf: Int32Array.from(keys, (key) => places.get(key) ?? kept.length) }
}

function compareKeys(a: string | number | boolean | null, b: string | number | boolean | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1
}

const labelOf = (value: string | number | boolean | null): string =>
  value === null ? missingLabel : String(value)

/** Numbers and true and false in their own order, however frequent they are. */
export function inOwnOrder({ groups, groupOf }: Grouped): Grouped {
  const rank = ({ value }: Group): number => {
    if (value === undefined) return Number.POSITIVE_INFINITY
    return value === null ? Number.MAX_VALUE : Number(value)
  }
  if (!groups.every(({ value }) => typeof value !== 'string')) return { groups, groupOf }
  const order = groups.map((_, index) => index).toSorted((a, b) => rank(groups[a]!) - rank(groups[b]!))
  const places = Int32Array.from(groups, (_, index) => order.indexOf(index))
  return {
    groups: order.map((index) => groups[index]!),
    groupOf: groupOf.map((group) => places[group]!),
  }
}
