import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { splitNumbers } from '../../example-tables.ts'
import { classificationParams } from '../classification-params.ts'
import { learnerFindings, modelOfClassesOrNumbers, taskFindings } from '../learner-findings.ts'

const params = z.strictObject({
  task: z
    .enum(['auto', 'classification', 'regression'])
    .default('auto')
    .meta({
      title: 'Task',
      fixed: true,
      description:
        'Auto: texts, booleans and integers of two values are classes, other numbers are amounts, as for ' +
        'gradient-boosted trees.',
    }),
  classAnswer: z.enum(['prior', 'most-frequent']).default('prior').meta({
    title: 'Answer for classes',
    description:
      'Prior: the share of each class among the train rows. Most frequent: the most frequent class, with probability 1.',
  }),
  numberAnswer: z
    .enum(['mean', 'median', 'constant'])
    .default('mean')
    .meta({ title: 'Answer for amounts', description: 'Of the train rows; or a number that is given.' }),
  constant: z
    .number()
    .default(0)
    .meta({ title: 'Constant', description: 'What is answered where the answer for amounts is “constant”.' }),
  positiveClass: classificationParams.positiveClass,
})

export const baseline = defineNode({
  id: 'training.baseline',
  version: 1,
  title: 'Baseline',
  summary: 'Answers the same for every row: what a model has to beat.',
  description:
    'Learns the most frequent class, the shares of the classes, or the mean or median amount of the train rows, and looks ' +
    'at no feature. A model that is not clearly better in “Evaluate” has learned nothing. It is a model as any other, from ' +
    'the same columns of the source as the learners beside it; the answers are those of scikit-learn’s DummyClassifier ' +
    'and DummyRegressor.',
  keywords: ['dummy', 'most frequent', 'majority', 'prior', 'mean', 'median', 'naive', 'reference model'],
  inputs: {
    table: { type: 'table', title: 'Table', description: 'The same table that the other learners get.' },
  },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'From the columns of the source to the answer.' },
    report: { type: 'report', title: 'Report', description: 'The answer.' },
  },
  params,
  failures: {},
  examples: [
    { title: 'The shares of those who leave and stay', params: {}, inputs: { table: splitNumbers } },
    {
      title: 'The median spend',
      params: { numberAnswer: 'median' },
      inputs: { table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate(context) {
    const { table } = context.inputs
    return {
      outputs: {
        model: modelOfClassesOrNumbers(table, context.params.task),
        report: { kind: 'report' },
      },
      findings: [...learnerFindings(table, context), ...taskFindings(table, context.params.task)],
    }
  },
})
