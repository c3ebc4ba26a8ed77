import type { Column } from '../core/columns.ts'
import type { ComparedColumn } from '../core/drift-content.ts'
import { compareColumn, type ColumnSide } from './compare-column.ts'
import type { DriftSettings } from './drift-settings.ts'
import { prepareNumbers } from './prepared-column.ts'

/** A column of both samples. */
export interface ColumnPair {
  column: Pick<Column, 'name' | 'type'>
  reference: ColumnSide
  current: ColumnSide
}

/** As `compareColumn`, but arrays of numbers are sorted where they lie. */
export function compareTaken(
  { column, reference, current }: ColumnPair,
  settings: DriftSettings,
): ComparedColumn {
  return compareColumn(column, { reference: taken(reference), current: taken(current) }, settings)
}

const taken = (side: ColumnSide): ColumnSide => (side instanceof Float64Array ? prepareNumbers(side) : side)

export const arraysIn = ({ reference, current }: ColumnPair): Float64Array[] =>
  [reference, current].filter((side) => side instanceof Float64Array)

/** The memory of its arrays, as far as it can be handed over. */
export const buffersIn = (pair: ColumnPair): ArrayBuffer[] =>
  arraysIn(pair).flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))
