import type { StartColumn, TableData } from '../../src/core/artifacts.ts'
import { columnNamed } from '../../src/core/columns.ts'

/**
 * Where a visible column of a table starts once it is written anew: a stored one keeps its source and its reader rule,
 * one that a recipe computed starts at the node that writes it.
 */
export function startColumnOf(
  table: Pick<TableData, 'columns' | 'startColumns'>,
  name: string,
  node: string,
): StartColumn {
  const column = columnNamed(table, name)
  const stored = table.startColumns.find((start) => start.name === name)
  if (column?.origin === 'start' && stored) return stored
  if (!column || column.type === 'vector') throw new TypeError(`rows cannot hold the column “${name}”`)
  return { name, type: column.type, source: node }
}
