import type { Column } from './columns.ts'
import { didYouMean } from './nearest-name.ts'

/** What is said of the name of a column that a table does not have. */
export function unknownColumn(name: string, columns: readonly Pick<Column, 'name'>[]) {
  const names = columns.map((column) => column.name)
  return {
    code: 'unknown-column' as const,
    message: `There is no column “${name}” here.`,
    remedy: didYouMean(name, names, 'Choose a column of the incoming table.'),
  }
}
