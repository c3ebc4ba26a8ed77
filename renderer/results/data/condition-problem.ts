import type { Column } from '../../../src/core/columns.ts'
import type { ErrorReport } from '../../../src/core/errors.ts'
import { checkExpression } from '../../../src/core/expression/check-expression.ts'

/** What is wrong with a condition; null where it can be asked. */
export function conditionProblem(text: string, columns: readonly Column[]): string | null {
  const checked = checkExpression(text, columns)
  if ('problem' in checked) return sentence(checked.problem)
  const { type } = checked.expression
  return type === 'boolean' ? null : `This gives ${type}, not true or false. Compare it with something.`
}

const sentence = ({ message, remedy }: ErrorReport): string => `${message} ${remedy}`
