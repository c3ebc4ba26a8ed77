import type { Column, ColumnType } from '../columns.ts'
import { epochOfDate } from '../epoch-of-date.ts'
import {
  madeFromEach,
  protectedColumn,
  remade,
  wrongType,
  type MadeColumns,
  type TransformProblem,
} from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

type Params = TransformParams<'impute'>

export const indicatorName = (column: string): string => `${column}_missing`

export function imputeColumns(columns: readonly Column[], params: Params): MadeColumns {
  return madeFromEach(columns, params.columns, (column) => {
    const problem = protectedColumn(column) ?? misfit(column, params)
    if (problem) return problem
    const from = [column.name]
    const filled = { column: remade(column, filledType(column.type, params)), from }
    if (!params.indicator) return [filled]
    const name = indicatorName(column.name)
    if (columns.some((other) => other.name === name))
      return {
        code: 'bad-value',
        message: `There is already a column “${name}”, which would say where “${column.name}” was missing.`,
        remedy: 'Switch the indicator columns off, or rename that column in the source.',
      }
    return [filled, { column: { ...remade(column, 'boolean'), name }, from }]
  })
}

function misfit(column: Column, params: Params): Omit<TransformProblem, 'param'> | undefined {
  if (column.type === 'vector')
    return wrongType(column, 'nothing is missing in it', 'Fill in missing values before encoding.')
  switch (params.strategy) {
    case 'mean':
    case 'median':
      if (column.type !== 'text' && column.type !== 'boolean') return undefined
      return wrongType(column, `it has no ${params.strategy}`, 'Take the most frequent value, or a constant.')
    case 'most-frequent':
      return undefined
    case 'constant':
      if (constantFor(column.type, params.value) !== undefined) return undefined
      return {
        code: 'bad-value',
        message: `${JSON.stringify(params.value) ?? 'Nothing'} cannot stand in the column “${column.name}”.`,
        remedy: `Give ${wantedConstant[column.type]}.`,
      }
  }
}

/** What a constant is as a value of a column, as models see it; undefined where it is none. */
export function constantFor(type: ColumnType, value: Params['value']): number | string | undefined {
  switch (type) {
    case 'number':
      return typeof value === 'number' ? value : undefined
    case 'integer':
      return Number.isInteger(value) ? (value as number) : undefined
    case 'boolean':
      return typeof value === 'boolean' ? Number(value) : undefined
    case 'text':
      return typeof value === 'string' && value !== '' ? value : undefined
    case 'date':
    case 'datetime':
      return typeof value === 'string' ? epochOfDate(value, type) : undefined
    case 'vector':
      return undefined
  }
}

const wantedConstant: Readonly<Record<ColumnType, string>> = {
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  text: 'a text that is not empty',
  date: 'a date as 2024-12-31',
  datetime: 'a date with time as 2024-12-31T23:59:59',
  vector: 'nothing',
}

/** A mean, or the middle of two whole numbers, need not be whole; dates are rounded to theirs. */
function filledType(type: ColumnType, { strategy }: Params): ColumnType {
  return type === 'integer' && (strategy === 'mean' || strategy === 'median') ? 'number' : type
}
