import type { Column, ColumnType } from '../columns.ts'
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

type Params = TransformParams<'encode'>

export function encodeColumns(columns: readonly Column[], params: Params): MadeColumns {
  const target = params.method === 'target' ? targetOf(columns, params.target) : undefined
  const made = madeFromEach(columns, params.columns, (column, index) => {
    if (column.type === 'vector')
      return wrongType(column, 'they are numbers already', 'Leave the column out here.')
    if (params.method === 'hashing' && column.type !== 'text')
      return wrongType(column, 'only texts are hashed', 'Cast the column to text, or encode it another way.')
    const problem = protectedColumn(column) ?? badOrder(column, params, index)
    if (problem) return problem
    const type = encodedType(params, target && 'type' in target ? target.type : 'number')
    return [{ column: remade(column, type), from: [column.name] }]
  })
  if (target && 'code' in target) made.problems.push({ ...target, param: 'target' })
  return made
}

function targetOf(columns: readonly Column[], name: string): Column | Omit<TransformProblem, 'param'> {
  const target = columns.find((column) => column.name === name)
  if (!target) return unknownColumn(name, columns)
  const { type } = target
  return type === 'number' || type === 'integer' || type === 'boolean' || type === 'text'
    ? target
    : wrongType(target, 'they have no mean', 'Choose a target of numbers or classes.')
}

/** Classes are many targets: a vector has the mean of each. */
function encodedType(params: Params, target: ColumnType): ColumnType {
  switch (params.method) {
    case 'one-hot':
    case 'binary':
    case 'hashing':
      return 'vector'
    case 'ordinal':
      return 'integer'
    case 'frequency':
      return 'number'
    case 'target':
      return target === 'text' ? 'vector' : 'number'
  }
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
