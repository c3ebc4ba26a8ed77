import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { withRecipe } from './append-step.ts'
import { fitSteps } from './fit-steps.ts'
import type { RowChoice } from './read-chosen-rows.ts'

/**
 * The table with every fitted step learned anew from a part, or from the rows whose index (0 is the first stored
 * row) `rows` accepts: what cross-validation and tuning do in every fold. Reads the stored rows once for each level
 * of dependence between fitted steps.
 */
export async function refitRecipe(
  context: RunContext,
  table: TableData,
  { rows }: { rows: RowChoice },
): Promise<TableData> {
  const unfitted = { ...table, recipe: table.recipe.map((step) => ({ ...step, state: null })) }
  return withRecipe(table, await fitSteps(context, unfitted, rows))
}
