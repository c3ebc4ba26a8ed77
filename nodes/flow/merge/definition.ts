import { z } from 'zod'
import { unknownTable } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { customers } from '../../example-tables.ts'

export const merge = defineNode({
  id: 'flow.merge',
  version: 1,
  title: 'Merge',
  summary: 'Passes the first table, and the first model, that came.',
  description:
    'Where the ways of a *Branch* meet again, one of them has brought nothing: this step passes on what came by the ' +
    'other. Where several came, the first counts, in the order of the connections. To have all rows, use *Append ' +
    'tables*.',
  keywords: ['first available', 'coalesce', 'join branches', 'end if', 'either', 'fallback'],
  inputs: {
    tables: { type: 'table', title: 'Tables', many: true, optional: true },
    models: { type: 'model', title: 'Models', many: true, optional: true },
  },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The first that came.', conditional: true },
    model: { type: 'model', title: 'Model', description: 'The first that came.', conditional: true },
  },
  params: z.strictObject({}),
  failures: {},
  examples: [
    {
      title: 'Customers, whichever way they came',
      params: {},
      inputs: { tables: [customers], models: [] },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate: ({ inputs: { tables, models } }) => ({
    outputs: {
      table: tables[0] ?? unknownTable,
      model: models[0] ?? { kind: 'model', task: null, target: null },
    },
  }),
})
