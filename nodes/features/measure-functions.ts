import type { ColumnType } from '../../src/core/columns.ts'

/** What can be said of many rows in one value. */
export const measureFunctions = [
  'count',
  'distinct',
  'sum',
  'mean',
  'min',
  'max',
  'median',
  'quantile',
  'stdev',
  'first',
  'last',
  'mode',
  'modes',
] as const
export type MeasureFunction = (typeof measureFunctions)[number]

/** Whether a function calculates, so that only numbers and booleans (0 and 1) will do. */
export function needsNumbers(measured: MeasureFunction): boolean {
  return ['sum', 'mean', 'median', 'quantile', 'stdev'].includes(measured)
}

/** The type of a measure of a column of some type. */
export function measureType(measured: MeasureFunction, of: ColumnType): ColumnType {
  switch (measured) {
    case 'count':
    case 'distinct':
      return 'integer'
    case 'sum':
    case 'mean':
    case 'median':
    case 'quantile':
    case 'stdev':
      return 'number'
    case 'modes':
      return 'text'
    case 'min':
    case 'max':
    case 'first':
    case 'last':
    case 'mode':
      return of
  }
}
