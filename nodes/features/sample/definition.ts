import { z } from 'zod'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customers, splitCustomers } from '../../example-tables.ts'
import { encodedNames } from '../column-names.ts'

const params = z.strictObject({
  size: z.enum(['share', 'rows']).default('share').meta({
    title: 'Size',
    description: 'Whether a share of the rows or a number of rows is drawn.',
  }),
  share: z.number().min(0).max(1).default(0.1).meta({
    title: 'Share',
    description: 'The part of the rows that is drawn, where the size is a share.',
    unit: 'share',
    widget: 'slider',
  }),
  rows: z.int().min(0).default(1000).meta({
    title: 'Rows',
    description: 'How many rows are drawn, where the size is a number; all where there are fewer.',
    unit: 'rows',
  }),
  stratifyBy: z.string().optional().meta({
    title: 'Stratify by',
    description: 'A column whose values keep their shares, each to the row; none when left empty.',
    widget: 'column',
  }),
  seedOffset: z.int().min(0).default(0).meta({
    title: 'Seed offset',
    description: 'Another number draws other rows with the same seed of the pipeline.',
  }),
})

export const sample = defineNode({
  id: 'features.sample',
  version: 1,
  title: 'Sample rows',
  summary: 'Draws rows of a table at random.',
  description:
    'Every row is drawn at most once and every set of rows is equally likely; the seed of the pipeline decides which. ' +
    'The drawn rows stay in their order, and each stays in its part of a split. Rows without a value of the column to ' +
    'stratify by are a class of their own.',
  keywords: ['subsample', 'random', 'fraction', 'draw', 'subset', 'stratified sample', 'downsample'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The rows that were drawn.' } },
  params,
  failures: {},
  examples: [
    { title: 'Half of the rows', params: { share: 0.5 }, inputs: { table: splitCustomers } },
    {
      title: 'Twelve customers, plans in their shares',
      params: { size: 'rows', rows: 12, stratifyBy: 'plan' },
      inputs: { table: customers },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params: { stratifyBy } }) {
    const names = stratifyBy === undefined ? [] : [stratifyBy]
    const param = (): string => 'stratifyBy'
    const findings: NodeFinding[] = [
      ...unknownColumns({ table, names, param }),
      ...encodedNames(table, names, param),
    ]
    return { outputs: { table }, findings }
  },
})
