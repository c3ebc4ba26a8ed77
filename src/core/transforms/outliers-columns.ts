import type { Column } from '../columns.ts'
import { madeFromEach, numberProblem, remade, takenName, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

type Params = TransformParams<'outliers'>

export const outlierName = (column: string): string => `${column}_outlier`

export function outliersColumns(columns: readonly Column[], params: Params): MadeColumns {
  const { action, anyColumn } = params
  const isTaken = (name: string): boolean => columns.some((column) => column.name === name)
  const { made, problems } = madeFromEach(columns, params.columns, (column) => {
    const problem = numberProblem(column, 'only numbers have outliers here')
    if (problem) return problem
    const from = [column.name]
    if (action === 'clip') return [{ column: remade(column, 'number'), from }]
    if (anyColumn !== undefined) return []
    const name = outlierName(column.name)
    if (isTaken(name)) return takenName(name, column.name)
    return [{ column: { name, type: 'boolean', role: 'feature', origin: 'recipe' }, from }]
  })
  if (action === 'clip' || anyColumn === undefined) return { made, problems }
  if (isTaken(anyColumn)) {
    const taken = takenName(anyColumn, params.columns.join('”, “'))
    return { made, problems: [...problems, { ...taken, param: 'anyColumn' }] }
  }
  const any: Column = { name: anyColumn, type: 'boolean', role: 'feature', origin: 'recipe' }
  return { made: [{ column: any, from: params.columns }], problems }
}
