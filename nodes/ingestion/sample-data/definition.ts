import { z } from 'zod'
import { unknownTable } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { sampleNames } from './samples.ts'

const params = z.strictObject({
  name: z.enum(sampleNames).default('telco-churn').meta({
    title: 'Table',
    description: 'Which of the tables that come with Pipewright is read.',
  }),
})

export const sampleData = defineNode({
  id: 'ingestion.sample-data',
  version: 1,
  title: 'Sample data',
  summary: 'A table that comes with Pipewright, to try things on.',
  description:
    'Who leaves a telephone company (7,043 rows), who survived the Titanic (891), who earns more than 50,000 dollars ' +
    '(32,561 rows to train and 16,281 to test), what houses in California are worth (20,640), what diamonds cost ' +
    '(53,940). They are the data of the examples, with their quirks; each folder of the examples has a pipeline that ' +
    'uses one.',
  keywords: [
    'example',
    'demo',
    'dataset',
    'tutorial',
    'toy data',
    'playground',
    'churn',
    'census',
    'regression',
  ],
  inputs: {},
  outputs: { table: { type: 'table', title: 'Table', description: 'The rows of the table.' } },
  params,
  failures: {},
  examples: [{ title: 'The passengers of the Titanic', params: { name: 'titanic' }, inputs: {} }],
  effect: 'source',
  learnsFrom: 'nothing',
  propagate({ probed }) {
    const shape = probed?.['table']
    return { outputs: { table: shape?.kind === 'table' ? shape : unknownTable } }
  },
})
