import type { Column } from '../columns.ts'
import { checkExpression } from '../expression/check-expression.ts'
import { columnsOfExpression } from '../expression/typed-expression.ts'
import type { MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

export function deriveColumns(
  columns: readonly Column[],
  { column: name, expression: text }: TransformParams<'derive'>,
): MadeColumns {
  const checked = checkExpression(text, columns)
  if ('problem' in checked) {
    const { message, remedy } = checked.problem
    return { made: [], problems: [{ code: 'bad-expression', message, remedy, param: 'expression' }] }
  }
  const { expression } = checked
  const from = columnsOfExpression(expression)
  const role = columns.find((column) => column.name === name)?.role ?? 'feature'
  const made = { column: { name, type: expression.type, role, origin: 'recipe' as const }, from }
  return { made: [made], problems: [] }
}
