import type { Column } from '../columns.ts'
import { indicatorName } from './impute-columns.ts'
import { madeFromEach, numberProblem, remade, takenName, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

export function imputeNearestColumns(
  columns: readonly Column[],
  params: TransformParams<'impute-nearest'>,
): MadeColumns {
  return madeFromEach(columns, params.columns, (column) => {
    const problem = numberProblem(column, 'there is no distance between its values')
    if (problem) return problem
    if (!params.fill.includes(column.name)) return []
    // The mean of whole numbers need not be whole.
    const filled = { column: remade(column, 'number'), from: params.columns }
    if (!params.indicator) return [filled]
    const name = indicatorName(column.name)
    if (columns.some((other) => other.name === name)) return takenName(name, column.name)
    return [filled, { column: { ...remade(column, 'boolean'), name }, from: [column.name] }]
  })
}
