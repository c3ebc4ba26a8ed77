import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { splitNumbers } from '../../example-tables.ts'
import { learnerFindings, targetOf } from '../learner-findings.ts'
import { numberTargetFindings } from '../number-target.ts'
import { targetParams } from '../target-params.ts'

const params = z.strictObject({
  penalty: z
    .enum(['none', 'l2', 'l1', 'elastic-net'])
    .default('none')
    .meta({
      title: 'Penalty',
      description:
        'None: ordinary least squares, with standard errors. L2 (ridge regression) keeps coefficients small, which helps ' +
        'with many or related features. L1 (lasso) sets those of features that hardly help to 0. Elastic net mixes both.',
    }),
  strength: z
    .number()
    .positive()
    .default(1)
    .meta({
      title: 'Strength (alpha)',
      description:
        'How much the penalty counts; larger means smaller coefficients. The “alpha” of scikit-learn’s Ridge (L2: beside ' +
        'the sum of squared errors), Lasso and ElasticNet (beside half their mean, so the same number weighs far more).',
    }),
  l1Share: z.number().min(0).max(1).default(0.5).meta({
    title: 'Share of L1',
    description: 'Elastic net: how much of the penalty is L1; the rest is L2. The “l1_ratio” of ElasticNet.',
  }),
  ...targetParams,
})

export const linearRegression = defineNode({
  id: 'training.linear-regression',
  version: 1,
  title: 'Linear regression',
  summary: 'Learns an amount as a weighted sum of the features.',
  description:
    'The model that is easiest to read: how much the answer changes with each feature. It learns from train rows, exactly, ' +
    'by a QR decomposition, and its coefficients are those of scikit-learn’s LinearRegression, Ridge, Lasso and ElasticNet. Categories ' +
    'should be encoded and missing values imputed before: a missing value is refused. For a penalty features ' +
    'should be scaled, since it depends on their units.\n\n' +
    'A feature that is constant, or a combination of features before it (as one of the one-hot codes of a column is), ' +
    'gets the coefficient 0 under least squares, and the report says so. Standard errors hold where residuals are ' +
    'independent and spread alike. With a transform of the target they are those of the ' +
    'transformed amounts, as the coefficients and the loss are.',
  keywords: [
    'ols',
    'least squares',
    'ridge',
    'lasso',
    'elastic net',
    'regressor',
    'coefficients',
    'standard error',
    'L1',
    'L2',
    'sparse',
    'trend',
  ],
  inputs: { table: { type: 'table', title: 'Table', description: 'Split, with a target of numbers.' } },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'From the columns of the source to the answer.' },
    report: {
      type: 'report',
      title: 'Report',
      description: 'Coefficients with standard errors, and the loss.',
    },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'Spend by months',
      params: {},
      inputs: { table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } } },
    },
    {
      title: 'Small coefficients',
      params: { penalty: 'l2', strength: 10 },
      inputs: { table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } } },
    },
    {
      title: 'Only the features that help',
      params: { penalty: 'elastic-net', strength: 0.1, l1Share: 0.9 },
      inputs: { table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } } },
    },
    {
      title: 'The logarithm of the spend',
      params: { targetTransform: 'log' },
      inputs: { table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate(context) {
    const { table } = context.inputs
    return {
      outputs: {
        model: {
          kind: 'model',
          task: 'regression',
          answers: 'numbers',
          target: targetOf(table)?.name ?? null,
        },
        report: { kind: 'report' },
      },
      findings: [...learnerFindings(table, context), ...numberTargetFindings(table)],
    }
  },
})
