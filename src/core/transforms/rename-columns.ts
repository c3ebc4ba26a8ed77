import type { Column } from '../columns.ts'
import { madeFromEach, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

export function renameColumns(
  columns: readonly Column[],
  { columns: from, names }: TransformParams<'rename'>,
): MadeColumns {
  return madeFromEach(columns, from, (column, index) => [
    { column: { ...column, name: names[index]!, origin: 'recipe' }, from: [column.name] },
  ])
}
