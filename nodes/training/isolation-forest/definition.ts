import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { splitNumbers } from '../../example-tables.ts'
import { featureFindings } from '../learner-findings.ts'

const params = z.strictObject({
  trees: z.int().min(1).max(10_000).default(100).meta({
    title: 'Trees',
    description: 'How many trees are grown; more make scores steadier.',
    unit: 'trees',
  }),
  sampleRows: z.int().min(2).max(100_000).default(256).meta({
    title: 'Rows a tree',
    description: 'How many train rows are drawn for each tree. Few are enough: odd rows then stand out more.',
    unit: 'rows',
  }),
})

export const isolationForest = defineNode({
  id: 'training.isolation-forest',
  version: 1,
  title: 'Isolation forest',
  summary: 'Learns how odd a row is, without any answers to learn from.',
  description:
    'Trees part some train rows at random until each is alone; rows that are alone soon are odd. The model answers with an ' +
    'anomaly score between 0 and 1: about 0.5 and less for ordinary rows, 0.6 and more for odd ones. The report tells how ' +
    'scores of train rows are spread, which helps to choose from where on a row is to be looked at. The target, if there ' +
    'is one, is not used. Scores are those of Liu, Ting and Zhou (2008), as in scikit-learn with the sign turned.',
  keywords: ['anomaly detection', 'outliers', 'novelty', 'fraud', 'unsupervised', 'IsolationForest', 'score'],
  inputs: { table: { type: 'table', title: 'Table', description: 'With features; train rows are used.' } },
  outputs: {
    model: {
      type: 'model',
      title: 'Model',
      description: 'From the columns of the source to the anomaly score.',
    },
    report: { type: 'report', title: 'Report', description: 'How the scores of train rows are spread.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'Customers unlike the others',
      params: { trees: 50 },
      inputs: { table: { ...splitNumbers, roles: { churn: 'ignore' } } },
    },
    {
      title: 'From few rows a tree',
      params: { trees: 20, sampleRows: 16 },
      inputs: { table: splitNumbers },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate(context) {
    const { table } = context.inputs
    return {
      outputs: {
        model: { kind: 'model', task: 'regression', answers: 'numbers', target: null },
        report: { kind: 'report' },
      },
      findings: table.known ? featureFindings(table, context) : [],
    }
  },
})
