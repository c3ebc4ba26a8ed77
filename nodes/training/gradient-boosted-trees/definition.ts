import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { splitNumbers } from '../../example-tables.ts'
import { classificationParams } from '../classification-params.ts'
import { targetParams } from '../target-params.ts'
import { featureRuleFindings } from '../feature-rule-findings.ts'
import { learnerFindings, modelOfClassesOrNumbers, taskFindings } from '../learner-findings.ts'

const share = z.number().gt(0).max(1)
const names = z.array(z.string()).default([])

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
  loss: z
    .enum(['squared', 'absolute', 'quantile', 'poisson'])
    .default('squared')
    .meta({
      title: 'Loss for amounts',
      answers: 'numbers',
      description:
        'Squared answers with the mean, absolute with the median, which far-off amounts do not move; quantile with the ' +
        'amount that a given share of rows stays below; Poisson is for counts.',
    }),
  quantile: z.number().gt(0).lt(1).default(0.5).meta({
    title: 'Quantile',
    answers: 'numbers',
    description: 'Quantile loss: the share of rows that should stay below the answer.',
    unit: 'share',
  }),
  ...targetParams,
  trees: z.int().min(1).max(10_000).default(200).meta({
    title: 'Trees',
    description: 'How many trees are grown at most, one after the other.',
    unit: 'trees',
  }),
  learningRate: share.default(0.1).meta({
    title: 'Learning rate',
    description: 'How much of each tree counts. Smaller needs more trees and often gives a better model.',
    widget: 'slider',
  }),
  leaves: z.int().min(2).max(4096).default(31).meta({
    title: 'Leaves',
    description: 'How many leaves a tree has at most: how fine its answers are.',
    unit: 'leaves',
  }),
  depth: z.int().min(1).max(64).optional().meta({
    title: 'Depth',
    description: 'How many questions lead to a leaf at most; no limit when left empty.',
  }),
  minimumRowsInLeaf: z.int().min(1).default(20).meta({
    title: 'Fewest rows in a leaf',
    description: 'A leaf has at least so many train rows. More makes a model that follows the noise less.',
    unit: 'rows',
  }),
  minimumHessianInLeaf: z
    .number()
    .min(0)
    .default(0.001)
    .meta({
      title: 'Least weight in a leaf',
      description:
        'The sum of the second derivatives of the loss in a leaf: for amounts the weight of its rows, for classes less ' +
        'the surer the answers are already.',
    }),
  minimumGain: z.number().min(0).default(0).meta({
    title: 'Least gain',
    description: 'A split must lower the loss by more than this.',
  }),
  l1: z
    .number()
    .min(0)
    .default(0)
    .meta({ title: 'L1 penalty', description: 'Pulls small leaf values to zero.' }),
  l2: z
    .number()
    .min(0)
    .default(1)
    .meta({ title: 'L2 penalty', description: 'Makes all leaf values smaller.' }),
  bins: z.int().min(2).max(255).default(255).meta({
    title: 'Bins',
    description: 'Into how many groups the values of a feature are put before the trees are grown.',
    unit: 'bins',
  }),
  rowShare: share.default(1).meta({
    title: 'Share of rows',
    description: 'The share of train rows, drawn anew, that each tree is grown on.',
    widget: 'slider',
    unit: 'share',
  }),
  columnShare: share.default(1).meta({
    title: 'Share of features',
    description: 'The share of features, drawn anew, that each tree may use.',
    widget: 'slider',
    unit: 'share',
  }),
  categories: z
    .enum(['auto', 'none'])
    .default('auto')
    .meta({
      title: 'Categories',
      description:
        'Auto: columns that “Encode” gave ordinal codes in no order of yours are split into groups of categories, not at ' +
        'a threshold.',
    }),
  categoricalFeatures: names.meta({
    title: 'Further categories',
    description: 'Other features whose whole numbers are codes of categories, not amounts.',
  }),
  increasing: names.meta({
    title: 'Increasing',
    description: 'Features with which the answer, or the probability of the last class, may only rise.',
  }),
  decreasing: names.meta({ title: 'Decreasing', description: 'Features with which it may only fall.' }),
  earlyStoppingRounds: z
    .int()
    .min(0)
    .max(10_000)
    .default(20)
    .meta({
      title: 'Early stopping',
      description:
        'Stops when the loss on the validation rows has not improved for so many trees, and keeps the best number. 0, or no ' +
        'validation rows: grows all trees.',
      unit: 'trees',
    }),
  importance: z.enum(['gain', 'splits']).default('gain').meta({
    title: 'Importance',
    fixed: true,
    description: 'What a feature’s importance is its share of: what splits gained, or how many there are.',
  }),
  ...classificationParams,
})

export const gradientBoostedTrees = defineNode({
  id: 'training.gradient-boosted-trees',
  version: 1,
  title: 'Gradient-boosted trees',
  summary: 'Learns classes or amounts with many small decision trees, each correcting those before it.',
  description:
    'Usually the best model for a table. Trees need no scaling and learn what a missing value means. Values of a feature ' +
    'are put into bins, and each tree is grown leaf by leaf where the loss falls most. Train rows grow the trees; ' +
    'validation rows decide how many of them are kept. The same seed gives the same trees on any number of threads.\n\n' +
    'They learn amounts, and any number of classes: with more than two, each round grows a tree a class.',
  keywords: [
    'xgboost',
    'lightgbm',
    'gbdt',
    'gbm',
    'boosting',
    'HistGradientBoosting',
    'ensemble',
    'classifier',
    'regressor',
  ],
  inputs: { table: { type: 'table', title: 'Table', description: 'Split, with a target.' } },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'From the columns of the source to the answer.' },
    report: {
      type: 'report',
      title: 'Report',
      description: 'Importance of the features, and the loss by tree.',
    },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'Who leaves',
      params: { trees: 30, minimumRowsInLeaf: 5 },
      inputs: { table: splitNumbers },
    },
    {
      title: 'How much a customer spends',
      params: { trees: 20, leaves: 4, minimumRowsInLeaf: 3 },
      inputs: {
        table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } },
      },
    },
    {
      title: 'Months until nine in ten customers have spent less, rising with what they spend',
      params: {
        loss: 'quantile',
        quantile: 0.9,
        trees: 20,
        leaves: 4,
        minimumRowsInLeaf: 3,
        increasing: ['spend'],
      },
      inputs: {
        table: { ...splitNumbers, roles: { months: 'target', churn: 'ignore' } },
      },
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
      findings: [
        ...learnerFindings(table, context),
        ...taskFindings(table, context.params.task),
        ...featureRuleFindings(table, context.params),
      ],
    }
  },
})
