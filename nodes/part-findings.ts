import type { RowScope, TableShape } from '../src/core/columns.ts'
import type { NodeFinding } from '../src/node-kit/propagation.ts'

/** An error where a step asks for rows of a part that the table does not have, with a fix where a split made it. */
export function partFindings(table: TableShape, rows: RowScope): NodeFinding[] {
  if (!table.known || rows === 'all' || table.split?.includes(rows)) return []
  if (table.split === null) return [unsplit(rows)]
  const { splitBy } = table
  const fix = splitBy !== undefined && rows !== 'train' ? shareFix(splitBy, rows) : undefined
  return [
    {
      code: 'no-rows',
      severity: 'error',
      message: `The table has no ${rows} rows.`,
      remedy: 'Give the split a share for them, or choose other rows.',
      port: 'table',
      ...(fix && { fix }),
    },
  ]
}

/** The check of the whole document knows where a split belongs. */
const unsplit = (rows: RowScope): NodeFinding => ({
  code: 'no-rows',
  severity: 'error',
  message: `The table is not split, so it has no ${rows} rows.`,
  remedy: 'Put “Split” before the first step that learns from the table, or choose all rows.',
  port: 'table',
})

/** Gives the split a share of 20 % for a part. */
export function shareFix(split: string, part: 'validation' | 'test'): NonNullable<NodeFinding['fix']> {
  return {
    title: `Set the ${part} share of the split to 20 %`,
    edits: [{ kind: 'set-param', node: split, path: [part], value: 0.2 }],
  }
}
