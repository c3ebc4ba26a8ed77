import type { TableData } from '../core/artifacts.ts'
import type { Column } from '../core/columns.ts'
import { recipeError } from './errors.ts'

/**
 * What a learner sees of a table: the visible columns of role feature, in order. `names` are those of the matrix
 * columns (a vector has one for each element). Throws `recipe.text-feature` where one is not numeric, and
 * `recipe.no-features` where the matrix would be empty.
 */
export function featuresOf(table: Pick<TableData, 'columns'>): { names: string[]; columns: Column[] } {
  const columns = table.columns.filter(({ role }) => role === 'feature')
  const text = columns.find(({ type }) => type === 'text')
  if (text) throw recipeError('text-feature', { column: text.name })
  const names = columns.flatMap(({ name, type, elements }) => (type === 'vector' ? (elements ?? []) : [name]))
  if (names.length === 0) throw recipeError('no-features')
  return { names, columns }
}
