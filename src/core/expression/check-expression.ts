import type { Column } from '../columns.ts'
import type { ErrorReport } from '../errors.ts'
import type { TypedExpression } from './typed-expression.ts'

/**
 * Parses an expression and types it against the columns of a table. `expression.type` is the type of the result.
 * A problem has the code `expression.…` and, among its values, `position` (from 1) and `marked`, the text with a
 * mark under that place.
 */
export declare function checkExpression(
  text: string,
  columns: readonly Pick<Column, 'name' | 'type'>[],
): { expression: TypedExpression } | { problem: ErrorReport }
