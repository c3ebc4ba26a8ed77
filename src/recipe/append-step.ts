import type { RecipeStep, TableData } from '../core/artifacts.ts'
import { transformColumns } from '../core/transforms/transform-columns.ts'
import type { TransformStep } from '../core/transforms/transform-step.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { recipeError } from './errors.ts'
import { fitSteps } from './fit-steps.ts'
import { traceRecipe } from './trace-recipe.ts'
import { transformOf } from './transforms.ts'

/** A transform that is to be appended; `node` is who asks for it. */
export type StepToAppend = TransformStep & { node: string }

/**
 * The table with more row-wise steps, in order. Fitted transforms learn from the train rows (from all where the table
 * is not split), read through the graph so far, in one pass over the rows where they do not depend on each other;
 * stateless ones read nothing. Columns that a step makes take the place of visible ones of the same name, or follow
 * them. Throws `recipe.not-applicable` where the columns do not fit a transform, and what the transforms have to say
 * about the rows.
 */
export async function appendSteps(
  context: RunContext,
  table: TableData,
  steps: readonly StepToAppend[],
): Promise<TableData> {
  const longer = steps.reduce(withUnfittedStep, table)
  return withRecipe(longer, await fitSteps(context, longer, 'train'))
}

/** The table with another fit of its recipe: vectors get the elements that were learned. */
export function withRecipe(table: TableData, recipe: RecipeStep[]): TableData {
  const { after } = traceRecipe({ ...table, recipe })
  const columns = table.columns.map((column) => {
    const elements = column.origin === 'recipe' ? after.get(column.name)?.column.elements : undefined
    return elements ? { ...column, elements } : column
  })
  return { ...table, recipe, columns }
}

function withUnfittedStep(table: TableData, { node, transform, params }: StepToAppend): TableData {
  const { step } = transformOf({ transform, params: params as RecipeStep['params'] })
  const { columns, problems } = transformColumns(table, step)
  const [problem] = problems
  if (problem) throw recipeError('not-applicable', { problem: problem.message, remedy: problem.remedy })
  const appended = { transform, node, params: step.params as RecipeStep['params'], state: null }
  return { ...table, columns: [...columns], recipe: [...table.recipe, appended] }
}
