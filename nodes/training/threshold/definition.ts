import { z } from 'zod'
import type { ModelShape, TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { splitNumbers } from '../../example-tables.ts'
import { shareFix } from '../../part-findings.ts'
import { unknownClass } from '../unknown-class.ts'

const cost = z.number().min(0)

const params = z.strictObject({
  method: z
    .enum(['best', 'reach', 'costs', 'fixed'])
    .default('best')
    .meta({
      title: 'Method',
      description:
        'Best: the threshold with the highest value of a metric. Reach: the one that reaches a precision or recall at ' +
        'the least cost to the other. Costs: the one with the lowest cost. Fixed: a number.',
    }),
  metric: z.enum(['f1', 'accuracy', 'balanced_accuracy', 'precision', 'recall']).default('f1').meta({
    title: 'Metric',
    description: 'What is to be highest, or, with reach, precision or recall that is to be reached.',
  }),
  goal: z.number().gt(0).max(1).default(0.8).meta({
    title: 'Goal',
    description: 'Reach: the precision or recall on the validation rows that is to be reached.',
    widget: 'slider',
  }),
  falsePositiveCost: cost.default(1).meta({
    title: 'Cost of a false positive',
    description: 'Costs: what it costs to take a row for the positive class that is not.',
  }),
  falseNegativeCost: cost.default(5).meta({
    title: 'Cost of a false negative',
    description: 'Costs: what it costs to miss a row of the positive class.',
  }),
  value: z.number().min(0).max(1).default(0.5).meta({
    title: 'Threshold',
    description: 'Fixed: the probability from which the answer is the positive class.',
    widget: 'slider',
  }),
})
export type ThresholdParams = z.output<typeof params>

export const threshold = defineNode({
  id: 'training.threshold',
  version: 1,
  title: 'Choose threshold',
  summary: 'Chooses the probability from which a model of two classes answers with the positive one.',
  description:
    'A model answers with the positive class from a probability of one half, which is seldom the best place. This step ' +
    'tries every threshold on the validation rows, which neither trained the model nor will report on it, and puts the ' +
    'chosen one into the model itself. Of several thresholds that are equally good, the one nearest to one half counts.',
  keywords: ['cutoff', 'decision threshold', 'precision recall', 'cost sensitive', 'operating point', 'f1'],
  inputs: {
    model: { type: 'model', title: 'Model', description: 'A model of two classes.' },
    table: {
      type: 'table',
      title: 'Table',
      description: 'With validation rows; the table the model was trained on, or one with the same columns.',
    },
  },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'The same model with its threshold.' },
    report: { type: 'report', title: 'Report', description: 'The metrics at every threshold.' },
  },
  params,
  failures: { 'unknown-class': unknownClass },
  examples: [
    {
      title: 'Find most of those who leave',
      params: { method: 'reach', metric: 'recall', goal: 0.75 },
      inputs: { model: { from: 'training.logistic-regression', output: 'model' }, table: splitNumbers },
    },
    {
      title: 'Missing one is ten times as bad',
      params: { method: 'costs', falseNegativeCost: 10 },
      inputs: { model: { from: 'training.logistic-regression', output: 'model' }, table: splitNumbers },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { model, table }, params }) {
    return {
      outputs: { model, report: { kind: 'report' } },
      findings: [...wrongTask(model), ...wrongMetric(params), ...validationMissing(table, params)],
    }
  },
})

function wrongTask({ task }: ModelShape): NodeFinding[] {
  if (task === null || task === 'binary') return []
  return [
    {
      code: 'not-binary',
      severity: 'error',
      message: `Only a model of two classes has a threshold, and this one is for ${task}.`,
      remedy: 'Take this step out, or connect a model of two classes.',
      port: 'model',
    },
  ]
}

function wrongMetric({ method, metric }: ThresholdParams): NodeFinding[] {
  if (method === 'best' && (metric === 'precision' || metric === 'recall')) {
    return [
      {
        code: 'one-sided-metric',
        severity: 'warning',
        message: `The highest ${metric} alone leads to a threshold at the edge.`,
        remedy: 'Choose F1, or the method “reach” with a goal.',
        param: 'metric',
      },
    ]
  }
  if (method !== 'reach' || metric === 'precision' || metric === 'recall') return []
  return [
    {
      code: 'bad-metric',
      severity: 'error',
      message: 'Only precision and recall can be reached by a threshold.',
      remedy: 'Choose one of them, or the method “best”.',
      param: 'metric',
    },
  ]
}

function validationMissing(table: TableShape, { method }: ThresholdParams): NodeFinding[] {
  if (!table.known || method === 'fixed' || table.split?.includes('validation')) return []
  const { splitBy } = table
  return [
    {
      code: 'no-validation-rows',
      severity: 'error',
      message:
        table.split === null
          ? 'The table is not split, so it has no validation rows to choose a threshold on.'
          : 'The table has no validation rows to choose a threshold on.',
      remedy:
        table.split === null
          ? 'Put “Split” with a validation share before the first step that learns, or choose a fixed threshold.'
          : 'Give the split a validation share, or choose a fixed threshold.',
      port: 'table',
      ...(splitBy !== undefined && { fix: shareFix(splitBy, 'validation') }),
    },
  ]
}
