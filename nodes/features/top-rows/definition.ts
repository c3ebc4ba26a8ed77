import { z } from 'zod'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { customers, splitCustomers } from '../../example-tables.ts'
import { encodedNames, repeatedNames } from '../column-names.ts'

const params = z.strictObject({
  by: z
    .array(
      z.strictObject({
        column: z.string().meta({ title: 'Column', description: 'A column of the table.', widget: 'column' }),
        order: z.enum(['descending', 'ascending']).default('descending').meta({
          title: 'Order',
          description: 'Descending: the highest value is the best. Ascending: the lowest.',
        }),
      }),
    )
    .min(1)
    .meta({
      title: 'Best by',
      description: 'Where rows have equal values in the first column the second decides, and so on.',
    }),
  rows: z.int().min(1).default(10).meta({
    title: 'Rows',
    description: 'How many rows are kept, of the table or of each group; all where there are fewer.',
    unit: 'rows',
  }),
  groupBy: z.array(z.string()).default([]).meta({
    title: 'Groups',
    description: 'Rows with equal values in all of these are a group of their own; none: the whole table.',
    widget: 'columns',
  }),
})

export const topRows = defineNode({
  id: 'features.top-rows',
  version: 1,
  title: 'Top rows',
  summary: 'Keeps the best rows of a table, or of each group, by some columns.',
  description:
    'The thousand customers most likely to leave, the three best offers of each day. The kept rows come best first, group ' +
    'by group in the order in which groups first appear; rows that are equal in all columns come in their own order, so ' +
    'that exactly so many are kept. Rows without a value come last. Each row stays in its part of a split.',
  keywords: ['top k', 'largest', 'best', 'rank', 'head', 'limit', 'first rows', 'nlargest', 'per group'],
  inputs: { table: { type: 'table', title: 'Table', description: 'Such as predictions.' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The best rows, best first.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'The five longest with us',
      params: { by: [{ column: 'months' }], rows: 5 },
      inputs: { table: customers },
    },
    {
      title: 'Who called least, of each plan',
      params: {
        by: [{ column: 'calls', order: 'ascending' }, { column: 'months' }],
        rows: 8,
        groupBy: ['plan'],
      },
      inputs: { table: splitCustomers },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const names = params.by.map(({ column }) => column)
    const param = (index: number): string => `by.${index}.column`
    const groupParam = (index: number): string => `groupBy.${index}`
    return {
      outputs: { table },
      findings: [
        ...unknownColumns({ table, names, param }),
        ...repeatedNames(names, param),
        ...encodedNames(table, names, param),
        ...unknownColumns({ table, names: params.groupBy, param: groupParam }),
        ...repeatedNames(params.groupBy, groupParam),
        ...encodedNames(table, params.groupBy, groupParam),
      ],
    }
  },
})
