import type { Cell } from '../../../src/contract/cell.ts'
import type { Column, ColumnType } from '../../../src/core/columns.ts'
import { columnText } from '../../../src/core/expression/column-text.ts'

/** Which rows were marked in a chart or a table: those that are inside all of its parts. */
export type ChartSelection = readonly SelectedPart[]

/** Numbers of dates and times are epoch milliseconds. */
export type SelectedPart =
  | { kind: 'range'; column: Column; from: number; to: number; includesTo: boolean }
  | { kind: 'values'; column: Column; values: readonly Cell[] }

/** The selection as a condition of the language of expressions. */
export function conditionOf(selection: ChartSelection): string {
  return selection.map((part) => partText(part, selection.length > 1)).join(' and ')
}

function partText(part: SelectedPart, isOneOfSeveral: boolean): string {
  const name = columnText(part.column.name)
  if (part.kind === 'values') return valuesText(part, name, isOneOfSeveral)
  const { type } = part.column
  const below = part.includesTo ? '<=' : '<'
  return `${name} >= ${literalOf(part.from, type)} and ${name} ${below} ${literalOf(part.to, type)}`
}

function valuesText(
  { column, values }: Extract<SelectedPart, { kind: 'values' }>,
  name: string,
  isOneOfSeveral: boolean,
): string {
  const present = values.filter((value) => value !== null)
  const texts = present.map((value) => literalOf(value, column.type))
  const among = texts.length === 1 ? `${name} = ${texts[0]!}` : `${name} in (${texts.join(', ')})`
  if (present.length === values.length) return among
  if (present.length === 0) return `${name} is null`
  const either = `${among} or ${name} is null`
  return isOneOfSeveral ? `(${either})` : either
}

/** A value written out for a column of a type. */
export function literalOf(value: Cell, type: ColumnType): string {
  if (typeof value === 'boolean') return String(value)
  if (type === 'boolean') return String(value === 1 || value === 'true')
  if (type === 'date') return `date('${isoOf(value).slice(0, 10)}')`
  if (type === 'datetime') return `datetime('${isoOf(value).replace('T', ' ').replace('Z', '')}')`
  if (type === 'text') return `'${String(value).replaceAll("'", "''")}'`
  return String(value)
}

const isoOf = (value: Cell): string =>
  typeof value === 'number' ? new Date(value).toISOString() : String(value)
