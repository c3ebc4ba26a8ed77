import { z } from 'zod'
import type { Column } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { customersCsv } from '../../example-tables.ts'
import { repeatedNames } from '../column-names.ts'

const params = z.strictObject({
  columns: z.array(z.string()).default([]).meta({
    title: 'Columns',
    description: 'The columns that are moved, in the order that they are to have.',
    widget: 'columns',
  }),
  to: z.enum(['front', 'end']).default('front').meta({
    title: 'To',
    description: 'Where they stand afterwards; the other columns keep their order.',
  }),
})
export type ReorderParams = z.output<typeof params>

export const reorder = defineNode({
  id: 'features.reorder',
  version: 1,
  title: 'Reorder columns',
  summary: 'Puts columns into another order.',
  description:
    'Moves the named columns to the front or to the end. No row is read or written. A model takes its features in ' +
    'the order of the table, so a learner that starts from random numbers may answer a little differently.',
  keywords: ['move columns', 'arrange columns', 'relocate', 'column order'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: {
    table: {
      type: 'table',
      title: 'Table',
      description: 'The same rows with their columns in another order.',
    },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'The answer first',
      params: { columns: ['churn', 'months'] },
      inputs: { table: { csv: customersCsv(20) } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const param = (index: number): string => `columns.${index}`
    return {
      outputs: { table: { ...table, columns: reorderedColumns(table.columns, params) } },
      findings: [
        ...unknownColumns({ table, names: params.columns, param }),
        ...repeatedNames(params.columns, param),
      ],
    }
  },
})

export function reorderedColumns(columns: readonly Column[], params: ReorderParams): Column[] {
  const names = new Set(params.columns)
  const moved = [...names].flatMap((name) => columns.filter((column) => column.name === name))
  const rest = columns.filter(({ name }) => !names.has(name))
  return params.to === 'front' ? [...moved, ...rest] : [...rest, ...moved]
}
