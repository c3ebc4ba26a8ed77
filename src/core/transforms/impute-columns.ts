import type { Column, ColumnType } from '../columns.ts'
import { epochOfDate } from '../epoch-of-date.ts'
import { unknownColumn } from '../unknown-column.ts'
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
  const result = madeFromEach(columns, params.columns, (column) => {
    const problem = protectedColumn(column) ?? misfit(column, params)
    if (problem) return problem
    const from = params.by === undefined ? [column.name] : [column.name, params.by]
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
  const problem = params.by === undefined ? undefined : groupProblem(columns, params.by, params)
  return problem ? { ...result, problems: [...result.problems, { ...problem, param: 'by' }] } : result
}

function groupProblem(
  columns: readonly Column[],
  by: string,
  params: Params,
): Omit<TransformProblem, 'param'> | undefined {
  const group = columns.find(({ name }) => name === by)
  if (!group) return unknownColumn(by, columns)
  if (group.type === 'vector')
    return wrongType(group, 'they make no groups', 'Choose a column of categories.')
  if (group.role === 'target')
    return {
      code: 'wrong-role',
      message: `The column “${by}” is the target, which a model does not know when it answers.`,
      remedy: 'Choose another column for the groups.',
    }
  if (!params.columns.includes(by)) return undefined
  return {
    code: 'bad-value',
    message: `The column “${by}” makes the groups, and is imputed itself.`,
    remedy: 'Impute it in a step of its own, or group by another column.',
  }
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
