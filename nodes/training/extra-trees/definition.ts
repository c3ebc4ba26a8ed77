import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { splitNumbers } from '../../example-tables.ts'
import { forestParams } from '../forest-params.ts'
import { learnerFindings, modelOfClassesOrNumbers, taskFindings } from '../learner-findings.ts'

const params = z.strictObject({
  ...forestParams,
  bootstrap: z.boolean().default(false).meta({
    title: 'Draw rows',
    description:
      'Grows each tree on rows drawn with replacement, and tells the out-of-bag score; else on all rows.',
  }),
})

export const extraTrees = defineNode({
  id: 'training.extra-trees',
  version: 1,
  title: 'Extra trees',
  summary: 'Learns classes or amounts with many trees that are split at random places.',
  description:
    'A random forest whose splits are drawn: of each feature that a split may use one random threshold is tried, and the ' +
    'best of these is taken (extremely randomized trees). Quicker than a random forest, smoother, and often as good where ' +
    'single features tell little.',
  keywords: [
    'extremely randomized trees',
    'ensemble',
    'ExtraTreesClassifier',
    'ExtraTreesRegressor',
    'forest',
  ],
  inputs: { table: { type: 'table', title: 'Table', description: 'Split, with a target.' } },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'From the columns of the source to the answer.' },
    report: { type: 'report', title: 'Report', description: 'Importance of the features.' },
  },
  params,
  failures: {},
  examples: [
    { title: 'Who leaves', params: { trees: 20 }, inputs: { table: splitNumbers } },
    {
      title: 'How much a customer spends, with an out-of-bag score',
      params: { trees: 20, bootstrap: true },
      inputs: { table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate(context) {
    const { table } = context.inputs
    const { task } = context.params
    return {
      outputs: { model: modelOfClassesOrNumbers(table, task), report: { kind: 'report' } },
      findings: [...learnerFindings(table, context), ...taskFindings(table, task)],
    }
  },
})
