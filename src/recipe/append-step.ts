import type { TableData } from '../core/artifacts.ts'
import type { TransformStep } from '../core/transforms/transform-step.ts'
import type { RunContext } from '../node-kit/run-context.ts'

/** A transform that is to be appended; `node` is who asks for it. */
export type StepToAppend = TransformStep & { node: string }

/**
 * The table with one more row-wise step. A fitted transform learns from the train rows (from all where the table
 * is not split), read through the graph so far; a stateless one reads nothing. Columns that the step makes take
 * the place of visible ones of the same name, or follow them.
 */
export async function appendStep(
  context: RunContext,
  table: TableData,
  step: StepToAppend,
): Promise<TableData> {
  return appendSteps(context, table, [step])
}

/** As `appendStep` for several, in order; steps that do not depend on each other learn in one pass over the rows. */
export async function appendSteps(
  context: RunContext,
  table: TableData,
  steps: readonly StepToAppend[],
): Promise<TableData> {
  throw new Error(`not there yet ${context.node} ${table.rows.count} ${steps.length}`)
}
