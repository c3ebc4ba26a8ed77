import type { TypedExpression } from '../core/expression/typed-expression.ts'
import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'

/**
 * Appends an expression to a graph. Columns are values [N, 1], float64 with NaN for null or string with '' for null;
 * so is the result.
 */
export declare function emitExpression(
  builder: GraphBuilder,
  expression: TypedExpression,
  column: (name: string) => Value,
): Value
