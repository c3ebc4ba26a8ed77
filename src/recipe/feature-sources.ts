import type { TableData } from '../core/artifacts.ts'
import { featuresOf } from './features-of.ts'
import { closureOf, traceRecipe } from './trace-recipe.ts'

/** Columns of the feature matrix that lie side by side, and the start columns that they are computed from. */
export interface FeatureSource {
  width: number
  from: string[]
}

/** Where the feature matrix of a table comes from, column by column of the table. */
export function featureSources(
  table: Pick<TableData, 'startColumns' | 'recipe' | 'columns'>,
): FeatureSource[] {
  const { after } = traceRecipe(table)
  return featuresOf(table).columns.map(({ name, type, elements = [] }) => ({
    width: type === 'vector' ? elements.length : 1,
    from: [...closureOf([after.get(name)!])]
      .flatMap(({ step, column }) => (step ? [] : [column.name]))
      .toSorted(),
  }))
}
