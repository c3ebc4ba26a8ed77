import { z } from 'zod'
import { columnNamed, type Column, type ModelShape, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { splitNumbers } from '../../example-tables.ts'
import { encodedNames } from '../../features/column-names.ts'
import { partFindings } from '../../part-findings.ts'
import { targetLessFindings } from '../target-less-findings.ts'
import { unknownClass } from '../unknown-class.ts'

const params = z.strictObject({
  rows: z.enum(['test', 'validation', 'train', 'all']).default('test').meta({
    title: 'Rows',
    description:
      'Which rows the metrics are about. Only test rows say how good a model is on rows it has never seen.',
  }),
  curvePoints: z.int().min(10).max(10_000).default(200).meta({
    title: 'Points of a curve',
    description: 'How many points of the ROC and precision-recall curves the report keeps at most.',
    unit: 'points',
  }),
  resamples: z
    .int()
    .min(0)
    .max(10_000)
    .default(200)
    .meta({
      title: 'Resamples',
      description:
        'How often the rows are drawn anew, with replacement, to tell how far a metric would be from here on other rows: ' +
        'each gets an interval of 95 %, and so has the difference of two models. 0 leaves that out.',
    }),
  slices: z
    .array(z.string())
    .max(100)
    .default([])
    .meta({
      title: 'Slices',
      description:
        'Columns whose values the metrics are also told for, the worst first: texts by value, numbers by quarters of the ' +
        'rows. Slices of fewer than 20 rows are left out.',
      widget: 'columns',
    }),
  findSlices: z
    .boolean()
    .default(false)
    .meta({
      title: 'Find the worst slices',
      description:
        'Looks through all columns of the source, values of texts and quarters of numbers, for rows on which a model is ' +
        'worse than on all others: slices of at least 30 rows and 2 %, by Welch’s test of the loss, with at most 5 % of ' +
        'false ones expected among those told (Benjamini and Hochberg).',
    }),
  equivalence: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .meta({
      title: 'Practical equivalence',
      description:
        'Several models: a difference of at most this share of a metric makes no difference in practice. Where the whole ' +
        'interval of a difference lies within, the models are called equivalent.',
      unit: 'share',
    }),
  falsePositiveCost: z.number().default(1).meta({
    title: 'Cost of a false positive',
    answers: 'classes',
    description: 'Two classes: what it costs to take a row for the positive class that is not.',
  }),
  falseNegativeCost: z.number().default(1).meta({
    title: 'Cost of a false negative',
    answers: 'classes',
    description: 'Two classes: what it costs to miss a row of the positive class.',
  }),
  truePositiveCost: z.number().default(0).meta({
    title: 'Cost of a true positive',
    answers: 'classes',
    description: 'Two classes: what a found row of the positive class costs; below 0 where it brings a gain.',
  }),
  trueNegativeCost: z.number().default(0).meta({
    title: 'Cost of a true negative',
    answers: 'classes',
    description: 'Two classes: what it costs to leave alone a row that is not of the positive class.',
  }),
})
export type EvaluateParams = z.output<typeof params>

export const evaluate = defineNode({
  id: 'training.evaluate',
  version: 1,
  title: 'Evaluate',
  summary: 'Measures how good models are on the test rows, side by side.',
  description:
    'Classes: accuracy, balanced accuracy, precision, recall, F1, log loss, Brier score, ROC AUC, average precision, the ' +
    'confusion matrix, ROC, precision-recall, gain and lift curves, and what comes of each threshold and what it costs. ' +
    'Amounts: MAE, RMSE, R², MAPE, the median absolute error, and how residuals are spread. Names and values are those of scikit-learn; precision, recall and F1 are about the positive class, at the ' +
    'model’s threshold.\n\n' +
    'Each model answers from the columns of the source, through the very graph that is served. With several models, a ' +
    'metric is called after the step that feeds it: “trees.roc_auc”. Intervals are percentiles over resampled rows ' +
    '(bootstrap); where that of a difference holds 0, the rows do not tell which model is better. Every other model is ' +
    'compared with the first one, labels also by McNemar’s exact test and ROC AUC by that of DeLong, unless rows have ' +
    'weights.',
  keywords: [
    'metrics',
    'score',
    'auc',
    'accuracy',
    'confusion matrix',
    'rmse',
    'compare models',
    'performance',
    'test',
  ],
  inputs: {
    models: { type: 'model', title: 'Models', many: true, description: 'One or more models of one target.' },
    table: { type: 'table', title: 'Table', description: 'The rows with their true answers.' },
  },
  outputs: {
    report: {
      type: 'report',
      title: 'Report',
      description: 'Metrics, confusion matrix and curves of each model.',
    },
  },
  params,
  failures: {
    'no-answers': {
      kind: 'user',
      message: 'No row has a value of “{column}” to compare with.',
      remedy: 'Connect a table that has the true answers, or choose other rows.',
    },
    'unknown-class': unknownClass,
  },
  examples: [
    {
      title: 'Trees against a linear model',
      params: {},
      inputs: {
        models: [
          { from: 'training.gradient-boosted-trees', output: 'model' },
          { from: 'training.logistic-regression', output: 'model' },
        ],
        table: splitNumbers,
      },
    },
    {
      title: 'For whom it works',
      params: { rows: 'all', resamples: 50, slices: ['months'], findSlices: true },
      inputs: {
        models: [{ from: 'training.logistic-regression', output: 'model' }],
        table: splitNumbers,
      },
    },
    {
      title: 'Amounts',
      params: { rows: 'validation' },
      inputs: {
        models: [{ from: 'training.gradient-boosted-trees', example: 1, output: 'model' }],
        table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } },
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { models, table }, params }) {
    return {
      outputs: { report: { kind: 'report' } },
      findings: [
        ...models.flatMap((model) => targetLessFindings(model, 'models')).slice(0, 1),
        ...differentTargets(models),
        ...targetFindings(models, table),
        ...partFindings(table, params.rows),
        ...unknownColumns({ table, names: params.slices, param: (index) => `slices.${index}` }),
        ...encodedNames(table, params.slices, (index) => `slices.${index}`),
      ],
    }
  },
})

function differentTargets(models: readonly ModelShape[]): NodeFinding[] {
  const targets = new Set(models.flatMap(({ target }) => target ?? []))
  const tasks = new Set(models.flatMap(({ task }) => task ?? []))
  if (targets.size < 2 && tasks.size < 2) return []
  return [
    {
      code: 'different-targets',
      severity: 'error',
      message: `The models predict different things: ${[...(targets.size > 1 ? targets : tasks)].join(', ')}.`,
      remedy: 'Evaluate models of one target and task together, and others in a step of their own.',
      port: 'models',
    },
  ]
}

function targetFindings(models: readonly ModelShape[], table: TableShape): NodeFinding[] {
  const model = models.find(({ target }) => target !== null)
  if (!table.known || !model) return []
  const column = columnNamed(table, model.target!)
  if (!column) return [targetMissing(model.target!)]
  const isNumber = column.type === 'number' || column.type === 'integer' || column.type === 'boolean'
  return model.task === 'regression' && !isNumber ? [targetNoNumber(column)] : []
}

function targetMissing(target: string): NodeFinding {
  return {
    code: 'unknown-column',
    severity: 'error',
    message: `The models predict “${target}”, but the table has no such column to compare with.`,
    remedy: 'Connect a table that has the true answers.',
    port: 'table',
  }
}

function targetNoNumber({ name, type }: Column): NodeFinding {
  return {
    code: 'wrong-type',
    severity: 'error',
    message: `The models predict numbers, but “${name}” is a ${type} column.`,
    remedy: 'Connect a table that has the true answers as numbers.',
    port: 'table',
  }
}
