import type { Artifact } from '../../src/core/artifacts.ts'
import type { TransformStep } from '../../src/core/transforms/transform-step.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { appendSteps, type StepToAppend } from '../../src/recipe/append-step.ts'
import { writeTableArtifact } from '../../src/tables/write-table.ts'

/** The table with row-wise steps at the end of its recipe; those that learn do it here. */
export async function appendToTable(
  context: RunContext,
  table: Artifact<'table'>,
  steps: readonly TransformStep[],
): Promise<Artifact<'table'>> {
  const mine = steps.map((step) => askedBy(step, context.node))
  return writeTableArtifact(context, await appendSteps(context, table.data, mine))
}

const askedBy = (step: TransformStep, node: string): StepToAppend => ({ ...step, node })
