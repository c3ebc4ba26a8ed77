import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { splitNumbers } from '../../example-tables.ts'
import { learnerFindings, targetOf } from '../learner-findings.ts'
import { numberTargetFindings } from '../number-target.ts'

const params = z.strictObject({
  penalty: z.enum(['l2', 'none']).default('l2').meta({
    title: 'Penalty',
    description:
      'L2 keeps coefficients small, which helps with many or related features. None: maximum likelihood, with standard errors.',
  }),
  strength: z.number().positive().default(0.001).meta({
    title: 'Strength (alpha)',
    description:
      'L2: how much the penalty counts; larger means smaller coefficients. The “alpha” of scikit-learn.',
  }),
  maximumIterations: z.int().min(1).max(100_000).default(200).meta({
    title: 'Most iterations',
    description: 'Stops after so many, even when the coefficients still change.',
    unit: 'iterations',
  }),
  tolerance: z.number().positive().max(1).default(1e-6).meta({
    title: 'Tolerance',
    description: 'Stops when the largest part of the gradient, for one row, is below this.',
  }),
})

export const poissonRegression = defineNode({
  id: 'training.poisson-regression',
  version: 1,
  title: 'Poisson regression',
  summary: 'Learns how many: counts and rates, which effects multiply.',
  description:
    'For targets that count something, such as calls, claims or visits. A step of a feature multiplies the answer instead ' +
    'of adding to it, and no answer is below 0: what adds up is the logarithm of the amount to be expected, so that the ' +
    'target needs no transform. It learns from train rows; the loss and the penalty are those of scikit-learn’s PoissonRegressor, and so are the coefficients. Features should be scaled, categories encoded and ' +
    'missing values imputed before: a missing value is refused.\n\n' +
    'Standard errors hold where counts vary as a Poisson distribution does, with a variance like their mean.',
  keywords: [
    'count',
    'rate',
    'glm',
    'generalized linear model',
    'log link',
    'frequency',
    'claims',
    'regressor',
  ],
  inputs: {
    table: { type: 'table', title: 'Table', description: 'Split, with a target of numbers of at least 0.' },
  },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'From the columns of the source to the answer.' },
    report: { type: 'report', title: 'Report', description: 'Coefficients, and the deviance by iteration.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'Months by spend',
      params: {},
      inputs: { table: { ...splitNumbers, roles: { months: 'target', churn: 'ignore' } } },
    },
    {
      title: 'With standard errors',
      params: { penalty: 'none' },
      inputs: { table: { ...splitNumbers, roles: { months: 'target', churn: 'ignore' } } },
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
