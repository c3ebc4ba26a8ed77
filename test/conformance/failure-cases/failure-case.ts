import type { NodeExample } from '../../../src/node-kit/define-node.ts'

export interface FailureCase {
  /** Node type and failure. */
  code: string
  example: Omit<NodeExample, 'title'>
  /** What the message says. */
  says: RegExp
  /** The parameter it points at. */
  param?: string
}
