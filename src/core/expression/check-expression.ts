import type { Column } from '../columns.ts'
import { PipewrightError, type ErrorReport } from '../errors.ts'
import { parseExpression } from './parse-expression.ts'
import { typeExpression } from './type-expression.ts'
import type { TypedExpression } from './typed-expression.ts'

/**
 * Parses an expression and types it against the columns of a table. `expression.type` is the type of the result.
 * A problem has the code `expression.…` and, among its values, `position` (from 1) and `marked`, the line with a
 * mark under that place.
 */
export function checkExpression(
  text: string,
  columns: readonly Pick<Column, 'name' | 'type'>[],
): { expression: TypedExpression } | { problem: ErrorReport } {
  try {
    return { expression: typeExpression(parseExpression(text), columns) }
  } catch (error) {
    if (!(error instanceof PipewrightError)) throw error
    return { problem: error.toReport() }
  }
}
