import { evaluateExpression } from './evaluate-expression.ts'
import type { Typed } from './require-type.ts'
import type { ExpressionType, Operation, TypedExpression } from './typed-expression.ts'

/** An operation, or its value where that is the same for every row. */
export function makeOperation(
  operation: Operation,
  type: ExpressionType,
  typedInputs: readonly Typed[],
): TypedExpression {
  const given = typedInputs.map((input): TypedExpression =>
    input.kind === 'null' ? { kind: 'literal', type, value: null } : input,
  )
  const inputs = operation === 'coalesce' ? neededAlternatives(given) : given
  const made: TypedExpression = { kind: 'operation', type, operation, inputs }
  return inputs.every((input) => input.kind === 'literal')
    ? { kind: 'literal', type, value: evaluateExpression(made, {}) }
    : made
}

/** Nothing comes after a literal, and null is no alternative. */
function neededAlternatives(inputs: readonly TypedExpression[]): TypedExpression[] {
  const possible = inputs.filter((input) => input.kind !== 'literal' || input.value !== null)
  const last = possible.findIndex((input) => input.kind === 'literal')
  return last === -1 ? possible : possible.slice(0, last + 1)
}
