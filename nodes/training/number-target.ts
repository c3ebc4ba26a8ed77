import type { TableShape } from '../../src/core/columns.ts'
import type { NodeFinding } from '../../src/node-kit/propagation.ts'
import { targetOf } from './learner-findings.ts'

/** An error where a learner of amounts is given a target of classes. */
export function numberTargetFindings(table: TableShape): NodeFinding[] {
  const target = targetOf(table)
  if (!table.known || target?.type !== 'text') return []
  return [
    {
      code: 'wrong-type',
      severity: 'error',
      message: `The target “${target.name}” holds texts, and this learner predicts amounts.`,
      remedy: 'Choose a learner of classes, or another target.',
      port: 'table',
    },
  ]
}
