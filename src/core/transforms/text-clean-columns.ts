import type { Column } from '../columns.ts'
import { madeFromEach, remade, wrongType, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

export function textCleanColumns(
  columns: readonly Column[],
  params: TransformParams<'text-clean'>,
): MadeColumns {
  return madeFromEach(columns, params.columns, (column) => {
    if (column.type !== 'text')
      return wrongType(column, 'only texts can be cleaned', 'Leave the column out here.')
    return [{ column: remade(column, 'text'), from: [column.name] }]
  })
}
