import type { ExpressionValue, TypedExpression } from './typed-expression.ts'

/** The reference: what an expression gives for one row. Dates and times are epoch milliseconds. */
export declare function evaluateExpression(
  expression: TypedExpression,
  row: Readonly<Record<string, ExpressionValue>>,
): ExpressionValue
