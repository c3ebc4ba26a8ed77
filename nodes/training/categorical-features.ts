import type { TableData } from '../../src/core/artifacts.ts'
import { traceRecipe } from '../../src/recipe/trace-recipe.ts'

/** Features that were given ordinal codes in no order that someone chose: their numbers only tell categories apart. */
export function categoricalFeatures(table: TableData): string[] {
  const { after } = traceRecipe(table)
  return table.columns
    .filter(({ role, origin }) => role === 'feature' && origin === 'recipe')
    .filter(({ name }) => {
      const step = after.get(name)?.step?.transform.step
      if (step?.transform !== 'encode' || step.params.method !== 'ordinal') return false
      const { columns, orders } = step.params
      return !orders?.[columns.indexOf(name)]
    })
    .map(({ name }) => name)
}
