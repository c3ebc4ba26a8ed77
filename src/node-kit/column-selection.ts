import { z } from 'zod'
import type { Column, ColumnType } from '../core/columns.ts'
import { unknownColumn } from '../core/unknown-column.ts'
import type { NodeFinding } from './propagation.ts'

/**
 * Which columns a node works on: a list of names, or a rule that also fits columns that come later.
 * `{ "type": "numeric", "except": ["age"] }`
 */
export const columnSelection = z.union([
  z.array(z.string()),
  z.strictObject({
    type: z.enum(['numeric', 'text', 'boolean', 'date', 'any']),
    except: z.array(z.string()).default([]),
  }),
])
export type ColumnSelection = z.output<typeof columnSelection>

/** The columns that a selection means here: by rule only features, so target and id columns are never touched. */
export function selectColumns(
  table: { columns: readonly Column[] },
  selection: ColumnSelection,
): readonly Column[] {
  if (Array.isArray(selection)) {
    return selection.flatMap((name) => table.columns.filter((column) => column.name === name))
  }
  return table.columns.filter(
    (column) =>
      column.role === 'feature' &&
      fits(column.type, selection.type) &&
      !selection.except.includes(column.name),
  )
}

/** A finding for each selected name that the table does not have. */
export function unknownColumns(options: {
  table: { columns: readonly Column[]; known: boolean }
  names: readonly string[]
  /** Path of the parameter that holds the name at an index. */
  param: (index: number) => string
}): NodeFinding[] {
  const { table, names, param } = options
  if (!table.known) return []
  return names.flatMap((name, index) => {
    if (table.columns.some((column) => column.name === name)) return []
    return [{ ...unknownColumn(name, table.columns), severity: 'error' as const, param: param(index) }]
  })
}

type ByRule = Exclude<ColumnSelection, readonly string[]>

function fits(type: ColumnType, wanted: ByRule['type']): boolean {
  switch (wanted) {
    case 'any':
      return true
    case 'numeric':
      return type === 'number' || type === 'integer'
    case 'date':
      return type === 'date' || type === 'datetime'
    case 'text':
    case 'boolean':
      return type === wanted
  }
}
