import type { Column } from '../columns.ts'
import { madeFromEach, numberProblem, remade, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

export function logColumns(columns: readonly Column[], params: TransformParams<'log'>): MadeColumns {
  return madeFromEach(columns, params.columns, (column) => {
    return (
      numberProblem(column, 'only numbers have a logarithm') ?? [
        { column: remade(column, 'number'), from: [column.name] },
      ]
    )
  })
}
