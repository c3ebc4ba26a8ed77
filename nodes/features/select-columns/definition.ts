import { z } from 'zod'
import type { Column, TableShape } from '../../../src/core/columns.ts'
import { columnSelection, selectColumns, unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customersCsv } from '../../example-tables.ts'
import { repeatedNames } from '../column-names.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'any', except: [] }).meta({
    title: 'Columns',
    description: 'Names, or a rule, which speaks of features alone.',
    widget: 'columns',
  }),
  action: z.enum(['keep', 'drop']).default('keep').meta({
    title: 'Action',
    description:
      'Keep: all other columns go; a rule leaves columns that are no features in place. Drop: these columns go.',
  }),
})
export type SelectColumnsParams = z.output<typeof params>

export const selectColumnsNode = defineNode({
  id: 'features.select-columns',
  version: 1,
  title: 'Select columns',
  summary: 'Keeps some columns of a table and drops the rest.',
  description:
    'No row is read or written: the columns are only no longer there for what follows. Kept columns stay in the ' +
    'order of the table. A model that is trained behind this step asks for the columns that it still needs, ' +
    'among them those that a kept column is computed from.',
  keywords: ['keep', 'drop', 'remove columns', 'choose', 'projection', 'subset', 'delete'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with fewer columns.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Drop a column',
      params: { columns: ['calls'], action: 'drop' },
      inputs: { table: { csv: customersCsv(20), roles: { customer: 'id' } } },
    },
    {
      title: 'Numbers alone beside target and id',
      params: { columns: { type: 'numeric' } },
      inputs: { table: { csv: customersCsv(20), roles: { customer: 'id', churn: 'target' } } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const columns = selectedColumns(table.columns, params)
    return { outputs: { table: { ...table, columns } }, findings: findingsOf(table, columns, params) }
  },
})

/** The columns that are left, in the order of the table. */
export function selectedColumns(
  columns: readonly Column[],
  { columns: selection, action }: SelectColumnsParams,
): Column[] {
  const chosen = new Set(selectColumns({ columns }, selection))
  const byRule = !Array.isArray(selection)
  return columns.filter((column) =>
    action === 'drop' ? !chosen.has(column) : chosen.has(column) || (byRule && column.role !== 'feature'),
  )
}

function findingsOf(
  table: TableShape,
  left: readonly Column[],
  { columns: selection }: SelectColumnsParams,
): NodeFinding[] {
  if (!table.known) return []
  const names = Array.isArray(selection) ? selection : []
  const param = (index: number): string => `columns.${index}`
  const wrong = [...unknownColumns({ table, names, param }), ...repeatedNames(names, param)]
  if (wrong.length > 0 || left.length > 0) return wrong
  return [
    {
      code: 'no-columns',
      severity: 'error',
      message: 'No column would be left.',
      remedy: 'Choose the columns to keep, or drop fewer.',
      param: 'columns',
    },
  ]
}
