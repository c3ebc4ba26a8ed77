import type { Column, TableShape } from '../../../src/core/columns.ts'
import { categoryMethods, numberMethods } from '../../../src/core/drift-methods.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { comparedColumns } from '../../validation/compare/compared-columns.ts'
import type { DriftParams } from './params.ts'

type Columns = { columns: readonly Column[] }

/** The columns that are compared: in the reference’s order. */
export function watchedColumns(reference: Columns, current: Columns, { columns }: DriftParams): Column[] {
  const matched = comparedColumns(reference, current, []).matched.map(({ before }) => before)
  return columns.length > 0
    ? matched.filter(({ name }) => columns.includes(name))
    : matched.filter(({ role }) => role !== 'id' && role !== 'ignore' && role !== 'time')
}

/** Whether a method suits a column, whatever its values are. */
export const suits = ({ type }: Pick<Column, 'type'>, method: string): boolean =>
  (type === 'boolean' || type === 'text' ? categoryMethods : numberMethods).some((each) => each === method)

export function columnFindings(
  reference: TableShape,
  current: TableShape,
  params: DriftParams,
): NodeFinding[] {
  const named = { columns: params.columns, overrides: params.overrides.map(({ column }) => column) }
  const unknown = [reference, current].flatMap((table) => {
    const watched = unknownColumns({ table, names: named.columns, param: (index) => `columns.${index}` })
    const own = unknownColumns({
      table,
      names: named.overrides,
      param: (index) => `overrides.${index}.column`,
    })
    return watched.concat(own)
  })
  if (unknown.length > 0) return unknown.slice(0, 1)
  const watched = watchedColumns(reference, current, params)
  const misfit = params.columns.find((name) => !watched.some((column) => column.name === name))
  if (misfit !== undefined) return [unlike(misfit, params)]
  if (watched.length === 0) return [noColumns]
  return params.overrides.flatMap(({ column: name, method }, index) => {
    const column = watched.find((each) => each.name === name)
    return column && method !== 'auto' && !suits(column, method) ? [unsuited(name, { method, index })] : []
  })
}

const unlike = (name: string, { columns }: DriftParams): NodeFinding => ({
  code: 'wrong-type',
  severity: 'error',
  message: `The values of “${name}” in the two tables cannot be compared.`,
  remedy: 'Give both one type with “Cast types”, or leave the column out.',
  param: `columns.${columns.indexOf(name)}`,
})

const noColumns: NodeFinding = {
  code: 'no-columns',
  severity: 'error',
  message: 'The two tables have no column in common that could be compared.',
  remedy: 'Connect tables with columns of the same names and types.',
  port: 'current',
}

const unsuited = (name: string, { method, index }: { method: string; index: number }): NodeFinding => ({
  code: 'wrong-method',
  severity: 'error',
  message: `The method ${method} does not suit the values of “${name}”.`,
  remedy: 'Choose another: categories have no order, and numbers no classes.',
  param: `overrides.${index}.method`,
})
