import type { Column, ColumnType } from '../columns.ts'
import {
  madeFromEach,
  protectedColumn,
  remade,
  wrongType,
  type MadeColumns,
  type TransformProblem,
} from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

type Params = TransformParams<'encode'>

export function encodeColumns(columns: readonly Column[], params: Params): MadeColumns {
  return madeFromEach(columns, params.columns, (column, index) => {
    if (column.type === 'vector')
      return wrongType(column, 'they are numbers already', 'Leave the column out here.')
    const problem = protectedColumn(column) ?? badOrder(column, params, index)
    if (problem) return problem
    const type = params.method === 'one-hot' ? 'vector' : 'integer'
    return [{ column: remade(column, type), from: [column.name] }]
  })
}

function badOrder(
  column: Column,
  params: Params,
  index: number,
): Omit<TransformProblem, 'param'> | undefined {
  const order = params.method === 'ordinal' ? params.orders?.[index] : undefined
  if (!order) return undefined
  const wrong = order.find((value) => categoryFor(column.type, value) === undefined)
  if (wrong !== undefined)
    return {
      code: 'bad-value',
      message: `${JSON.stringify(wrong)} cannot be a category of the column “${column.name}”.`,
      remedy: 'Give values of the column’s own type, from the lowest to the highest.',
    }
  if (new Set(order).size === order.length) return undefined
  return {
    code: 'bad-value',
    message: `The order of the column “${column.name}” names a category twice.`,
    remedy: 'Name each category once, from the lowest to the highest.',
  }
}

/** A category as models see its value; undefined where the column cannot hold it. */
export function categoryFor(type: ColumnType, value: string | number | boolean): number | string | undefined {
  switch (type) {
    case 'text':
      return typeof value === 'string' && value !== '' ? value : undefined
    case 'boolean':
      return typeof value === 'boolean' ? Number(value) : undefined
    case 'number':
    case 'integer':
      return typeof value === 'number' ? value : undefined
    case 'date':
    case 'datetime':
    case 'vector':
      return undefined
  }
}
