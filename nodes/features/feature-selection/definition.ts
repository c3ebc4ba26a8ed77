import { z } from 'zod'
import type { Column, TableShape } from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { chosenNames, emptyRule, placeInSelection } from '../../../src/node-kit/chosen-names.ts'
import { columnSelection } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
import { splitCustomers } from '../../example-tables.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'any', except: [] }).meta({
    title: 'Columns',
    description:
      'The features to choose from, the elements of vectors among them. By rule, all that are numbers.',
    widget: 'columns',
  }),
  method: z
    .enum(['variance', 'correlation', 'f-test', 'chi-squared', 'mutual-information'])
    .default('variance')
    .meta({
      title: 'Method',
      description:
        'Variance: leaves out what hardly varies. Correlation: leaves out what says nearly the same as a feature before ' +
        'it. The others score each feature by what it tells of the target: F-test by means or a line, chi-squared by ' +
        'counts in classes, mutual information by any dependence.',
    }),
  threshold: z
    .number()
    .nullable()
    .default(null)
    .meta({
      title: 'Threshold',
      description:
        'Variance: must be above it. Correlation: at most this. Others: a score of at least this. Where left empty 0 for ' +
        'the variance, 0.95 for correlations, none for scores.',
    }),
  keep: z.int().min(1).nullable().default(20).meta({
    title: 'Most features',
    description: 'Scores: so many of the best are kept. All that reach the threshold where left empty.',
    unit: 'features',
  }),
  name: z.string().min(1).default('selected').meta({
    title: 'Name',
    description: 'Of the vector column that holds the selected features.',
  }),
})
export type FeatureSelectionNodeParams = z.output<typeof params>

export const featureSelection = defineNode({
  id: 'features.feature-selection',
  version: 1,
  title: 'Select features',
  summary: 'Keeps the features that vary, that are not alike, or that tell most of the target.',
  description:
    'What is kept is decided by the train rows. Since nobody knows before a run which features pass, they become the ' +
    'elements of one vector column, under their own names, in the place of the columns.\n\n' +
    'Variances, F-test and chi-squared are those of scikit-learn (VarianceThreshold, f_classif, f_regression, chi2); a ' +
    'target of text or true and false has classes, any other is one of numbers. Mutual information is that of shares, ' +
    'numbers being sorted into ten bins of equal count before, and not the estimate by neighbours of scikit-learn. ' +
    'Missing values are passed over; for correlations the whole row is. Scores look at one feature at a time.',
  keywords: [
    'SelectKBest',
    'VarianceThreshold',
    'ANOVA',
    'f_classif',
    'chi2',
    'mutual_info',
    'redundant',
    'multicollinearity',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The same rows with the selected features.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'What varies at all',
      params: { columns: ['months', 'spend'] },
      inputs: { table: splitCustomers },
    },
    {
      title: 'The feature that tells most of the churn',
      params: { columns: ['months', 'spend', 'calls'], method: 'f-test', keep: 1 },
      inputs: { table: splitCustomers },
    },
    {
      title: 'One of two that say the same',
      params: { method: 'correlation', threshold: 0.9 },
      inputs: { table: { csv: 'celsius,fahrenheit,rain\n1,33.8,9\n20,68,0\n30,86,4\n12,53.6,\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate({ inputs: { table }, params }) {
    const { names, steps } = featureSelectionSteps(table, params)
    const after = transformShape(table, steps, placeInSelection(params.columns, steps))
    return {
      outputs: { table: after.table },
      findings: [
        ...emptyRule(table, params.columns, names),
        ...paramFindings(table, params),
        ...after.findings,
      ],
    }
  },
})

const targetOf = (table: { columns: readonly Column[] }): string | undefined =>
  table.columns.find(({ role }) => role === 'target')?.name

function paramFindings(table: TableShape, { method, threshold }: FeatureSelectionNodeParams): NodeFinding[] {
  if (method === 'variance' || method === 'correlation') {
    const isOut = threshold !== null && (threshold < 0 || (method === 'correlation' && threshold > 1))
    if (!isOut) return []
    return [
      {
        code: 'bad-value',
        severity: 'error',
        message: `${threshold} is no ${method} that a feature could have.`,
        remedy: method === 'correlation' ? 'Give a number from 0 to 1.' : 'Give 0 or more.',
        param: 'threshold',
      },
    ]
  }
  if (!table.known || targetOf(table) !== undefined) return []
  return [
    {
      code: 'no-target',
      severity: 'error',
      message: 'No column of the table is the target, for which features could be scored.',
      remedy: 'Give a column the role “target” before, or choose variance or correlation.',
      param: 'method',
    },
  ]
}

/** The columns that are chosen from, and the step of the recipe, if there is one. */
export function featureSelectionSteps(
  table: { columns: readonly Column[] },
  { columns, method, threshold, keep, name }: FeatureSelectionNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const fitting = new Set(['number', 'integer', 'boolean', 'vector'])
  const names = chosenNames(table, columns, ({ type }) => fitting.has(type))
  const target = targetOf(table)
  if (names.length === 0) return { names, steps: [] }
  const common = { columns: [...names], name }
  switch (method) {
    case 'variance':
      return { names, steps: selection({ method, ...common, threshold: Math.max(0, threshold ?? 0) }) }
    case 'correlation':
      return { names, steps: selection({ method, ...common, threshold: Math.max(0, threshold ?? 0.95) }) }
    case 'f-test':
    case 'chi-squared':
    case 'mutual-information':
      return {
        names,
        steps: target === undefined ? [] : selection({ method, ...common, target, keep, threshold }),
      }
  }
}

const selection = (
  params: Extract<TransformStep, { transform: 'select-features' }>['params'],
): TransformStep[] => [{ transform: 'select-features', params }]
