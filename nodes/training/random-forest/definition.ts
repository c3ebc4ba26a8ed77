import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { splitNumbers } from '../../example-tables.ts'
import { forestParams } from '../forest-params.ts'
import { learnerFindings, modelOfClassesOrNumbers, taskFindings } from '../learner-findings.ts'

const params = z.strictObject(forestParams)

export const randomForest = defineNode({
  id: 'training.random-forest',
  version: 1,
  title: 'Random forest',
  summary: 'Learns classes or amounts with many deep trees, each from other rows, that answer together.',
  description:
    'Hard to get wrong: it needs hardly any choice, no scaling, and learns what a missing value means. Each tree is grown ' +
    'on rows drawn with replacement, and each split sees some features alone; the answer is the mean of the trees. The rows ' +
    'that a tree was not grown on tell how well the forest answers, without any validation rows: the out-of-bag accuracy, ' +
    'or R². Gradient-boosted trees are often better still, and make smaller models.',
  keywords: [
    'bagging',
    'ensemble',
    'RandomForestClassifier',
    'RandomForestRegressor',
    'out-of-bag',
    'oob',
    'trees',
  ],
  inputs: { table: { type: 'table', title: 'Table', description: 'Split, with a target.' } },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'From the columns of the source to the answer.' },
    report: {
      type: 'report',
      title: 'Report',
      description: 'Importance of the features, and the out-of-bag score.',
    },
  },
  params,
  failures: {},
  examples: [
    { title: 'Who leaves', params: { trees: 20 }, inputs: { table: splitNumbers } },
    {
      title: 'How much a customer spends',
      params: { trees: 10, columnShare: 0.5, minimumRowsInLeaf: 5, targetTransform: 'log' },
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
