import { z } from 'zod'
import type { ModelShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { splitNumbers } from '../../example-tables.ts'
import { partFindings } from '../../part-findings.ts'
import { targetLessFindings } from '../target-less-findings.ts'
import { unknownClass } from '../unknown-class.ts'

const classMetrics = ['log_loss', 'roc_auc', 'accuracy'] as const
const numberMetrics = ['rmse', 'mae', 'r2'] as const

const params = z.strictObject({
  rows: z.enum(['test', 'validation', 'train', 'all']).default('test').meta({
    title: 'Rows',
    description:
      'Which rows are asked about. On train rows a model also seems to need what it learned by heart.',
  }),
  mostRows: z.int().min(10).max(100_000).default(2000).meta({
    title: 'Most rows',
    description:
      'So many rows are drawn at random where there are more: the more, the steadier and the slower.',
    unit: 'rows',
  }),
  metric: z
    .enum(['auto', ...classMetrics, ...numberMetrics])
    .default('auto')
    .meta({
      title: 'Metric',
      description: 'What gets worse without a column. Auto: log loss for classes, RMSE for amounts.',
    }),
  repeats: z.int().min(1).max(100).default(5).meta({
    title: 'Repeats',
    description:
      'How often each column is shuffled; the spread over the repeats tells how sure its importance is.',
  }),
  columns: z.array(z.string()).max(100).optional().meta({
    title: 'Curves of columns',
    description:
      'For which columns of the source the answer is drawn; for the six most important when left empty.',
    widget: 'columns',
  }),
  points: z.int().min(2).max(200).default(20).meta({
    title: 'Points of a curve',
    description: 'At how many values of a column the model is asked.',
    unit: 'points',
  }),
  lines: z.int().min(0).max(200).default(30).meta({
    title: 'Single rows',
    description: 'For how many rows a line of their own is drawn beside the average.',
    unit: 'rows',
  }),
  contributionRows: z.int().min(0).max(5000).default(200).meta({
    title: 'Rows with contributions',
    description:
      'For how many rows each column’s contribution to the answer is told; fewer where a model takes too long. None: 0.',
    unit: 'rows',
  }),
  class: z
    .string()
    .optional()
    .meta({
      title: 'Class',
      answers: 'classes',
      description:
        'Which class curves and contributions are about; when left empty the positive one of two, and of several the ' +
        'one that is answered most often, while each row that is told apart is about its own answer.',
    }),
  shownRows: z.int().min(0).max(50).default(5).meta({
    title: 'Rows told apart',
    description: 'How many of these, from the lowest to the highest answer, are shown one by one.',
    unit: 'rows',
  }),
})
export type ExplainParams = z.output<typeof params>

export const explain = defineNode({
  id: 'training.explain',
  version: 1,
  title: 'Explain model',
  summary:
    'Shows which columns a model needs, how its answer changes with them, and why it answers as it does.',
  description:
    'Permutation importance: each column of the source is shuffled in turn, and what a metric loses tells how much the ' +
    'model needs it. Columns that say the same can stand in for each other, and then seem unimportant each. Partial ' +
    'dependence: the average answer when every row has the same value in a column, with lines for single rows; where ' +
    'these cross, the effect depends on other columns.\n\n' +
    'Contributions (Shapley values, SHAP): by how much each column moves the answer of a row away from a base; base and ' +
    'contributions sum up to what the model says. They are exact for boosted trees and forests (TreeSHAP, ' +
    'path-dependent: where a column is taken as unknown, a row goes both ways in the shares of the train rows) and for ' +
    'linear models (against the means of the train rows), on the scale where such a model adds up: the value, or its ' +
    'logarithm or power where it was learned so; the log-odds of a class; for forests its probability. Calibration, ' +
    'threshold and rules come after that. For other models they are sampled (Štrumbelj and Kononenko 2014) against some ' +
    'of the rows, on the value or probability itself, with the standard error that leaves. Contributions of the codes of ' +
    'a category, or of the terms of a text, are summed up; what the model sees mixed of several columns, as principal ' +
    'components are, is shared evenly among these, and the report names them.\n\n' +
    'The model is asked through the very graph that is served, so whatever learner made it, columns are those of the ' +
    'source, before any encoding. Of several classes the report says how much each column moves every one of them.',
  keywords: [
    'explanation',
    'feature importance',
    'permutation importance',
    'partial dependence',
    'shap',
    'shapley values',
    'beeswarm',
    'waterfall',
    'pdp',
    'ice',
    'interpretability',
    'xai',
  ],
  inputs: {
    model: { type: 'model', title: 'Model' },
    table: { type: 'table', title: 'Table', description: 'Rows with their true answers.' },
  },
  outputs: {
    report: {
      type: 'report',
      title: 'Report',
      description: 'Importances with their spread, curves, and contributions.',
    },
  },
  params,
  failures: {
    'no-answers': {
      kind: 'user',
      message: 'No row has a value of “{column}” to compare with.',
      remedy: 'Connect a table that has the true answers, or choose other rows.',
    },
    'no-score': {
      kind: 'user',
      message: 'The metric {metric} says nothing about these rows: {reason}',
      remedy: 'Choose another metric, or more rows.',
    },
    'unknown-column': {
      kind: 'user',
      message: 'The model takes no column “{column}”; it takes {columns}.',
      remedy: 'Choose some of these for the curves.',
    },
    'unknown-class': unknownClass,
    'no-such-class': {
      kind: 'user',
      message: 'The model knows no class “{class}”; it knows {classes}.',
      remedy: 'Choose one of these, or leave it empty.',
    },
  },
  examples: [
    {
      title: 'What tells who leaves',
      params: { rows: 'all', repeats: 3 },
      inputs: { model: { from: 'training.logistic-regression', output: 'model' }, table: splitNumbers },
    },
    {
      title: 'Spend by months',
      params: { rows: 'validation', metric: 'r2', columns: ['months'], points: 5 },
      inputs: {
        model: { from: 'training.linear-regression', output: 'model' },
        table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } },
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { model, table }, params }) {
    return {
      outputs: { report: { kind: 'report' } },
      findings: [
        ...targetLessFindings(model),
        ...wrongMetric(model, params),
        ...partFindings(table, params.rows),
      ],
    }
  },
})

function wrongMetric({ answers }: ModelShape, { metric }: ExplainParams): NodeFinding[] {
  const fitting: readonly string[] = answers === 'numbers' ? numberMetrics : classMetrics
  if (answers === undefined || answers === 'clusters' || metric === 'auto' || fitting.includes(metric))
    return []
  return [
    {
      code: 'bad-metric',
      severity: 'error',
      message: `The model answers with ${answers}, which ${metric} cannot judge.`,
      remedy: `Choose ${fitting.join(', ')} or auto.`,
      param: 'metric',
    },
  ]
}
