import { z } from 'zod'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { customers, splitCustomers } from '../../example-tables.ts'
import { encodedNames, repeatedNames } from '../column-names.ts'

/** What rows are sorted by: used wherever rows have an order. */
export const sortKeys = z.array(
  z.strictObject({
    column: z.string().meta({ title: 'Column', description: 'A column of the table.', widget: 'column' }),
    order: z.enum(['ascending', 'descending']).default('ascending').meta({
      title: 'Order',
      description: 'Ascending: the smallest value first. Texts go by code point, capital letters first.',
    }),
  }),
)
export type SortKey = z.output<typeof sortKeys>[number]

const params = z.strictObject({
  by: sortKeys.min(1).meta({
    title: 'Sort by',
    description: 'Where rows have equal values in the first column the second decides, and so on.',
  }),
  missing: z.enum(['last', 'first']).default('last').meta({
    title: 'Missing values',
    description: 'Where rows without a value go, whatever the order.',
  }),
})

export const sort = defineNode({
  id: 'features.sort',
  version: 1,
  title: 'Sort rows',
  summary: 'Puts the rows of a table into the order of some columns.',
  description:
    'Rows that are equal in all the columns keep their order. Each row stays in its part of a split. Numbers and dates ' +
    'are sorted by value, false comes before true.',
  keywords: ['order by', 'arrange', 'rank', 'ascending', 'descending'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows in their new order.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'The longest first, and by name',
      params: { by: [{ column: 'months', order: 'descending' }, { column: 'customer' }] },
      inputs: { table: customers },
    },
    {
      title: 'Missing values first, after a split',
      params: { by: [{ column: 'calls' }], missing: 'first' },
      inputs: { table: splitCustomers },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const names = params.by.map(({ column }) => column)
    const param = (index: number): string => `by.${index}.column`
    return {
      outputs: { table },
      findings: [
        ...unknownColumns({ table, names, param }),
        ...repeatedNames(names, param),
        ...encodedNames(table, names, param),
      ],
    }
  },
})
