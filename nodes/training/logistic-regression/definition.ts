import { z } from 'zod'
import type { TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { splitNumbers } from '../../example-tables.ts'
import { classificationParams } from '../classification-params.ts'
import { learnerFindings, targetOf } from '../learner-findings.ts'

const params = z.strictObject({
  penalty: z.enum(['l2', 'none']).default('l2').meta({
    title: 'Penalty',
    description:
      'L2 keeps coefficients small, which helps with many or related features. Without one, two classes get standard errors.',
  }),
  inverseStrength: z.number().positive().default(1).meta({
    title: 'Inverse strength (C)',
    description:
      'How little the penalty counts: smaller means smaller coefficients. The “C” of scikit-learn.',
  }),
  ...classificationParams,
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

export const logisticRegression = defineNode({
  id: 'training.logistic-regression',
  version: 1,
  title: 'Logistic regression',
  summary: 'Learns to tell classes apart from a weighted sum of the features.',
  description:
    'A linear model: each feature has one coefficient (one for each class where there are more than two), so it can be read, and it is hard to beat where effects add up. ' +
    'It learns from train rows. Features should be scaled, categories encoded and missing values imputed before: a ' +
    'missing value is refused. The loss and the penalty are those of scikit-learn’s LogisticRegression, and so are the ' +
    'coefficients.',
  keywords: [
    'linear model',
    'logit',
    'classification',
    'classifier',
    'regularization',
    'coefficients',
    'odds',
  ],
  inputs: {
    table: { type: 'table', title: 'Table', description: 'Split, with a target of two or more classes.' },
  },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'From the columns of the source to the answer.' },
    report: { type: 'report', title: 'Report', description: 'Coefficients, and the loss by iteration.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'Who leaves, from months and spend',
      params: {},
      inputs: { table: splitNumbers },
    },
    {
      title: 'A rare class that counts as much as the other',
      params: { classWeight: 'balanced', positiveClass: 'yes', inverseStrength: 0.5 },
      inputs: { table: splitNumbers },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate(context) {
    const { table } = context.inputs
    const target = targetOf(table)
    return {
      outputs: {
        model: {
          kind: 'model',
          task: target?.type === 'boolean' ? 'binary' : null,
          answers: 'classes',
          target: target?.name ?? null,
        },
        report: { kind: 'report' },
      },
      findings: [...learnerFindings(table, context), ...amounts(table)],
    }
  },
})

function amounts(table: TableShape): NodeFinding[] {
  const target = targetOf(table)
  if (!table.known || target?.type !== 'number') return []
  return [
    {
      code: 'wrong-type',
      severity: 'error',
      message: `The target “${target.name}” holds amounts; logistic regression tells classes apart.`,
      remedy:
        'Choose a learner of amounts, or cast the target to integer or text where its numbers are classes.',
      port: 'table',
    },
  ]
}
