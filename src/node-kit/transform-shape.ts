import type { TableShape } from '../core/columns.ts'
import {
  transformColumns,
  type MadeColumn,
  type TransformProblem,
} from '../core/transforms/transform-columns.ts'
import type { TransformStep } from '../core/transforms/transform-step.ts'
import type { NodeFinding } from './propagation.ts'

/**
 * The shape of a table after row-wise steps, in order, what each made, and what is wrong with them. `param` says
 * which parameter of the node a problem of the step at an index belongs to.
 */
export function transformShape(
  table: TableShape,
  steps: readonly TransformStep[],
  param: (problem: TransformProblem, step: number) => string,
): { table: TableShape; findings: readonly NodeFinding[]; made: readonly (readonly MadeColumn[])[] } {
  if (!table.known) return { table, findings: [], made: steps.map(() => []) }
  let columns = table.columns
  const findings: NodeFinding[] = []
  const made: (readonly MadeColumn[])[] = []
  for (const [index, step] of steps.entries()) {
    const outcome = transformColumns({ columns }, step)
    columns = outcome.columns
    made.push(outcome.made)
    for (const problem of outcome.problems) {
      const { code, message, remedy } = problem
      findings.push({ code, severity: 'error', message, remedy, param: param(problem, index) })
    }
  }
  return { table: { ...table, columns }, findings, made }
}
