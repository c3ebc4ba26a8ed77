import { evaluateExpression } from './evaluate-expression.ts'
import type { Typed } from './require-type.ts'
import type { ExpressionType, Operation, TypedExpression } from './typed-expression.ts'

/** An operation, or its value where all inputs are literals. */
export function makeOperation(
  operation: Operation,
  type: ExpressionType,
  typedInputs: readonly Typed[],
): TypedExpression {
  const inputs = typedInputs.map((input): TypedExpression =>
    input.kind === 'null' ? { kind: 'literal', type, value: null } : input,
  )
  const made: TypedExpression = { kind: 'operation', type, operation, inputs }
  return inputs.every((input) => input.kind === 'literal')
    ? { kind: 'literal', type, value: evaluateExpression(made, {}) }
    : made
}
