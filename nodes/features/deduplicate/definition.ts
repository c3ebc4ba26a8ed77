import { z } from 'zod'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { encodedNames, repeatedNames } from '../column-names.ts'

const params = z.strictObject({
  columns: z.array(z.string()).default([]).meta({
    title: 'Columns',
    description: 'Rows with equal values in all of these are duplicates; all columns when left empty.',
    widget: 'columns',
  }),
  keep: z.enum(['first', 'last', 'none']).default('first').meta({
    title: 'Keep',
    description: 'Which of the duplicates stays, in the order of the rows; none: all of them go.',
  }),
})
export type DeduplicateParams = z.output<typeof params>

const visits =
  'customer,day,shop\nC1,2026-03-01,Jena\nC2,2026-03-01,Gera\nC1,2026-03-02,Jena\nC2,2026-03-01,Gera\n'

export const deduplicate = defineNode({
  id: 'features.deduplicate',
  version: 1,
  title: 'Remove duplicates',
  summary: 'Keeps one row of all that have the same values.',
  description:
    'The kept rows stay in their order, and each stays in its part of a split. Missing values are equal to each other. ' +
    'To keep the latest of several rows, sort by time first and keep the last. Duplicates are best removed before a ' +
    'split: equal rows that train and test make a model look better than it is.',
  keywords: ['distinct', 'unique', 'drop duplicates', 'repeated rows', 'dedupe'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The rows without duplicates.' } },
  params,
  failures: {},
  examples: [
    { title: 'Whole rows', params: {}, inputs: { table: { csv: visits } } },
    {
      title: 'The last visit of each customer',
      params: { columns: ['customer'], keep: 'last' },
      inputs: { table: { csv: visits } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const param = (index: number): string => `columns.${index}`
    return {
      outputs: { table },
      findings: [
        ...unknownColumns({ table, names: params.columns, param }),
        ...repeatedNames(params.columns, param),
        ...encodedNames(table, params.columns, param),
      ],
    }
  },
})
