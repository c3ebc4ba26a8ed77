import type { Column } from './columns.ts'
import { didYouMean } from './nearest-name.ts'

/** What is said of the name of a column that a table does not have. */
export function unknownColumn(name: string, columns: readonly Pick<Column, 'name'>[]) {
  const names = columns.map((column) => column.name)
  return {
    code: 'unknown-column' as const,
    message: `There is no column “${name}” here.`,
    remedy: didYouMean(name, names, chooseColumn(names)),
  }
}

/** A remedy that names columns of the incoming table. */
export function chooseColumn(names: readonly string[]): string {
  if (names.length === 0) return 'Choose a column of the incoming table.'
  const shown = names.slice(0, mostNames).map((name) => `“${name}”`)
  const more = names.length - shown.length
  return `Choose a column of the incoming table: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}

const mostNames = 10
