/** An expression as it was written: a tree whose nodes know where in the text they stand. */
export interface Expression {
  text: string
  root: ExpressionNode
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'and'
  | 'or'

/** `at` is the offset of what a message about the node points to: for an operator the operator itself. */
export type ExpressionNode = { at: number } & (
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'null' }
  | { kind: 'column'; name: string; quoted: boolean }
  | { kind: 'negate' | 'not'; operand: ExpressionNode }
  | { kind: 'binary'; operator: BinaryOperator; left: ExpressionNode; right: ExpressionNode }
  | { kind: 'is-null'; operand: ExpressionNode; negated: boolean }
  | {
      kind: 'between'
      operand: ExpressionNode
      low: ExpressionNode
      high: ExpressionNode
      negated: boolean
    }
  | { kind: 'in'; operand: ExpressionNode; list: readonly ExpressionNode[]; negated: boolean }
  | { kind: 'call'; name: string; inputs: readonly ExpressionNode[] }
)

export const expressionLimits = {
  /** Characters of the text. */
  length: 10_000,
  /** Nested parentheses, and operators one inside the other; a sum of 100 columns is 100 deep. */
  depth: 150,
} as const
