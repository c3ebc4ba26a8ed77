import { z } from 'zod'
import { columnNamed, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode, type AnyNodeDefinition } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customers, splitNumbers } from '../../example-tables.ts'
import { learnerChoice, learnerDefinitions } from '../learner-choice.ts'
import { targetOf } from '../learner-findings.ts'

const params = z.strictObject({
  learner: learnerChoice.prefault({ type: 'training.gradient-boosted-trees' }).meta({
    title: 'Learner',
    description: 'Which learner is tried, with the parameters of its own node.',
  }),
  method: z
    .enum(['auto', 'random', 'stratified', 'group', 'order'])
    .default('auto')
    .meta({
      title: 'Method',
      description:
        'Random: any row in any fold. Stratified: keeps the shares of a column. Group: keeps rows with the same value ' +
        'together. Order: trains on what comes before the rows held out. Auto: stratified by a target of classes, else ' +
        'random.',
    }),
  folds: z.int().min(2).max(100).default(5).meta({
    title: 'Folds',
    description: 'How often the learner is trained, each time with other rows held out.',
    unit: 'folds',
  }),
  by: z
    .string()
    .optional()
    .meta({
      title: 'By column',
      description:
        'Stratified: the column whose shares are kept (the target when left empty). Group: the column that names the ' +
        'group. Order: the column to sort by (the order of the rows when left empty).',
      widget: 'column',
    }),
  validates: z
    .boolean()
    .default(false)
    .meta({
      title: 'A fold that validates',
      description:
        'In each fold another one of them does not train but validates: it decides, for instance, after how many trees to ' +
        'stop. Otherwise learners have no validation rows.',
    }),
  seedOffset: z.int().min(0).default(0).meta({
    title: 'Seed offset',
    description: 'Added to the seed of the pipeline: another number gives other folds.',
  }),
})
export type CrossValidateParams = z.output<typeof params>

export const crossValidate = defineNode({
  id: 'training.cross-validate',
  version: 1,
  title: 'Cross-validate',
  summary: 'Measures how good a learner is, and how much that varies, by training it several times.',
  description:
    'The train and validation rows are cut into folds; each is held out once, the learner is trained on the others, and ' +
    'answers for those held out. In every fold all steps that the table has been through (impute, encode, scale, …) learn ' +
    'anew from the rows that train, so nothing of the rows held out leaks into their answers. Test rows are never ' +
    'touched: they are left for the one model that is chosen in the end.\n\n' +
    'The report has the metrics of “Evaluate” for each fold, their mean and sample standard deviation (such as “roc_auc” ' +
    'and “roc_auc_sd”), and those of all answers for rows held out taken together. By order, the first fold trains on the ' +
    'earliest rows and each next one on more; nothing is foretold from what came later.',
  keywords: [
    'k-fold',
    'cv',
    'StratifiedKFold',
    'GroupKFold',
    'TimeSeriesSplit',
    'cross_val_score',
    'out-of-fold',
    'leave one out',
    'overfitting',
  ],
  inputs: {
    table: {
      type: 'table',
      title: 'Table',
      description: 'With a target, prepared as for the learner itself.',
    },
  },
  outputs: {
    report: { type: 'report', title: 'Report', description: 'Metrics of each fold and of all together.' },
  },
  params,
  failures: {
    'unknown-class': {
      kind: 'user',
      message:
        'In a fold, {count} rows that are held out have the value “{value}” of “{column}”, which no row that trains has; those ' +
        'have {classes}.',
      remedy: 'Stratify the folds, use fewer of them, or group rare values.',
    },
  },
  examples: [
    {
      title: 'How well it can be told who leaves',
      params: { learner: { type: 'training.logistic-regression', inverseStrength: 0.5 }, folds: 3 },
      inputs: { table: splitNumbers },
    },
    {
      title: 'Spend of customers, each plan held out once',
      params: { learner: { type: 'training.linear-regression' }, method: 'group', by: 'plan', folds: 3 },
      inputs: {
        table: {
          ...customers,
          roles: { spend: 'target', customer: 'id', plan: 'ignore', calls: 'ignore', churn: 'ignore' },
        },
      },
    },
    {
      title: 'Trees that stop by the months before those held out',
      params: {
        learner: { type: 'training.gradient-boosted-trees', trees: 20, minimumRowsInLeaf: 3 },
        method: 'order',
        by: 'months',
        folds: 2,
        validates: true,
      },
      inputs: { table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate(context) {
    const { table } = context.inputs
    const { params } = context
    const { type, ...learnerParams } = params.learner
    const learner: AnyNodeDefinition = learnerDefinitions[type]
    const { findings = [] } = learner.propagate({ ...context, params: learnerParams })
    return {
      outputs: { report: { kind: 'report' } },
      findings: [...findings.map(inLearner), ...foldFindings(params), ...columnFindings(table, params)],
    }
  },
})

const inLearner = (finding: NodeFinding): NodeFinding =>
  finding.param === undefined ? finding : { ...finding, param: `learner.${finding.param}` }

function foldFindings({ folds, validates, method }: CrossValidateParams): NodeFinding[] {
  if (!validates || folds > 2 || method === 'order') return []
  return [
    {
      code: 'too-few-folds',
      severity: 'error',
      message: 'Of two folds one is held out and the other validates, so no row would train.',
      remedy: 'Choose at least three folds.',
      param: 'folds',
    },
  ]
}

function columnFindings(table: TableShape, { method, by }: CrossValidateParams): NodeFinding[] {
  if (!table.known || method === 'auto' || method === 'random') return []
  const name = by ?? (method === 'stratified' ? targetOf(table)?.name : undefined)
  if (name === undefined) return method === 'group' ? [groupMissing] : []
  const column = columnNamed(table, name)
  if (!column) return unknownColumns({ table, names: [name], param: () => 'by' })
  const unfit = column.type === 'vector' || (method === 'stratified' && column.type === 'number')
  return unfit ? [unfitColumn(name, column.type, method)] : []
}

const groupMissing: NodeFinding = {
  code: 'missing-column',
  severity: 'error',
  message: 'Folds by group need to know the column that names the group.',
  remedy: 'Choose a column.',
  param: 'by',
}

function unfitColumn(name: string, type: string, method: string): NodeFinding {
  return {
    code: 'wrong-type',
    severity: 'error',
    message: `“${name}” is a ${type} column; folds cannot be made by ${method} with it.`,
    remedy:
      method === 'stratified'
        ? 'Choose a column with few different values, or make folds at random.'
        : 'Choose a column that is not encoded.',
    param: 'by',
  }
}
