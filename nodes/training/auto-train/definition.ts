import { z } from 'zod'
import type { TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { splitNumbers } from '../../example-tables.ts'
import { partFindings } from '../../part-findings.ts'
import { classificationParams } from '../classification-params.ts'
import { learnerFindings, modelOfClassesOrNumbers, taskFindings } from '../learner-findings.ts'

export const candidateNames = [
  'baseline',
  'linear',
  'regularized-linear',
  'trees',
  'careful-trees',
  'random-forest',
  'extra-trees',
  'neural-network',
] as const
export type CandidateName = (typeof candidateNames)[number]

const params = z.strictObject({
  task: z
    .enum(['auto', 'classification', 'regression'])
    .default('auto')
    .meta({
      title: 'Task',
      fixed: true,
      description:
        'Classification tells classes apart, regression predicts an amount. Auto: texts, booleans and integers of two ' +
        'values are classes, other numbers are amounts.',
    }),
  candidates: z
    .array(z.enum(candidateNames))
    .min(1)
    .default([...candidateNames])
    .meta({
      title: 'Candidates',
      description:
        'What is tried, in this order: baseline (the mean, or the shares of the classes), linear or logistic regression ' +
        'with little and with much penalty, boosted trees with their defaults and with many small steps, forests, and a ' +
        'neural network.',
    }),
  metric: z.enum(['auto', 'log_loss', 'roc_auc', 'rmse', 'mae']).default('auto').meta({
    title: 'Metric',
    description: 'What ranks them, on the validation rows. Auto: log loss for classes, RMSE for amounts.',
  }),
  blend: z.boolean().default(true).meta({
    title: 'Blend',
    description:
      'Whether the best models may answer together, with the mean of their answers, where that is better.',
  }),
  budgetMinutes: z
    .number()
    .positive()
    .max(100_000)
    .optional()
    .meta({
      title: 'Time budget',
      description:
        'No candidate is begun after so long; what is begun is finished. Without a limit when left empty: then the same ' +
        'run gives the same model anywhere.',
      unit: 'minutes',
    }),
  ...classificationParams,
})
export type AutoTrainParams = z.output<typeof params>

export const autoTrain = defineNode({
  id: 'training.auto-train',
  version: 1,
  title: 'Train the best of many',
  summary: 'Tries sensible learners, ranks them on the validation rows, and blends the best.',
  description:
    'A first answer to what is possible with a table, with nothing to set. Each learner gets the same prepared table; one ' +
    'that cannot take it (linear models and networks refuse missing values) is named in the leaderboard with the reason. ' +
    'The model that comes out is one graph, whether it is the best learner or a blend.\n\n' +
    'Validation rows choose, so their metrics flatter a little: “Evaluate” tells on the test rows how good the choice is. ' +
    'To search the parameters of one learner, take “Tune parameters”.',
  keywords: [
    'automl',
    'leaderboard',
    'model selection',
    'ensemble',
    'stacking',
    'blending',
    'compare learners',
  ],
  inputs: { table: { type: 'table', title: 'Table', description: 'Prepared and split, with a target.' } },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'The best learner, or the blend.' },
    report: {
      type: 'report',
      title: 'Report',
      description: 'The leaderboard, and the weights of the blend.',
    },
  },
  params,
  failures: {
    'none-trained': {
      kind: 'user',
      message: 'No candidate could be trained; the first: {problem}',
      remedy: 'Prepare the table so that at least one of them can take it, or allow more time.',
    },
  },
  examples: [
    {
      title: 'Who leaves',
      params: { candidates: ['baseline', 'linear', 'trees'] },
      inputs: { table: splitNumbers },
    },
    {
      title: 'Spend, by the best one alone',
      params: { candidates: ['baseline', 'linear', 'random-forest'], metric: 'mae', blend: false },
      inputs: { table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate(context) {
    const { inputs, params } = context
    return {
      outputs: { model: modelOfClassesOrNumbers(inputs.table, params.task), report: { kind: 'report' } },
      findings: [
        ...learnerFindings(inputs.table, context),
        ...taskFindings(inputs.table, params.task),
        ...validationFindings(inputs.table),
        ...metricFindings(params),
      ],
    }
  },
})

function validationFindings(table: TableShape): NodeFinding[] {
  return partFindings(table, 'validation')
}

const metricsOf: Readonly<Record<string, readonly string[]>> = {
  classification: ['log_loss', 'roc_auc'],
  regression: ['rmse', 'mae'],
}

function metricFindings({ task, metric }: AutoTrainParams): NodeFinding[] {
  const fitting = metricsOf[task]
  if (!fitting || metric === 'auto' || fitting.includes(metric)) return []
  return [
    {
      code: 'bad-metric',
      severity: 'error',
      message: `A ${task} cannot be ranked by ${metric}.`,
      remedy: `Choose ${fitting.join(' or ')}, or auto.`,
      param: 'metric',
    },
  ]
}
