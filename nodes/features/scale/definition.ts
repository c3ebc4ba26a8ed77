import { z } from 'zod'
import type { Column } from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { chosenNames, emptyRule, placeInSelection } from '../../../src/node-kit/chosen-names.ts'
import { columnSelection } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
import { splitCustomers } from '../../example-tables.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'numeric', except: [] }).meta({
    title: 'Columns',
    description: 'The columns that are scaled. By rule, features alone.',
    widget: 'columns',
  }),
  method: z
    .enum(['standard', 'min-max', 'robust', 'quantile', 'yeo-johnson', 'box-cox'])
    .default('standard')
    .meta({
      title: 'Method',
      description:
        'Standard: mean 0, standard deviation 1. Min-max: from 0 to 1. Robust: median 0, middle half of the values ' +
        'one wide, so that outliers matter little. Quantile: the share of train rows below. Yeo-Johnson and Box-Cox: raised ' +
        'to the power that makes skewed numbers most like a normal distribution, then as standard; Box-Cox takes positive ' +
        'numbers only.',
    }),
  range: z.tuple([z.number(), z.number()]).default([0, 1]).meta({
    title: 'Range',
    description: 'Min-max: what the smallest and the largest value of the train rows become.',
  }),
  quantiles: z
    .tuple([z.number().min(0).max(100), z.number().min(0).max(100)])
    .default([25, 75])
    .meta({
      title: 'Quantiles',
      description: 'Robust: the two quantiles that come to lie one apart.',
      unit: 'percent',
    }),
  output: z.enum(['uniform', 'normal']).default('uniform').meta({
    title: 'Distribution',
    description:
      'Quantile: shares from 0 to 1 as they are, or the numbers of a normal distribution with the same shares.',
  }),
  quantileCount: z.int().min(2).max(1000).default(100).meta({
    title: 'Most quantiles',
    description: 'Quantile: how many are learned; lines run between them.',
    unit: 'quantiles',
  }),
})
export type ScaleNodeParams = z.output<typeof params>

export const scale = defineNode({
  id: 'features.scale',
  version: 1,
  title: 'Scale',
  summary: 'Brings numbers to one scale: standard, min-max, robust, by quantiles or by a power.',
  description:
    'Linear models need features of like size; trees do not care. What is subtracted and divided by is learned from the ' +
    'train rows, leaving missing values out; they stay missing. A column that is the same in every train row is only ' +
    'shifted. The standard deviation is that of the population (divided by the number of rows), the quartiles of robust ' +
    'scaling are interpolated linearly, both as in scikit-learn.',
  keywords: [
    'normalize',
    'standardize',
    'z-score',
    'StandardScaler',
    'MinMaxScaler',
    'RobustScaler',
    'center',
    'QuantileTransformer',
    'PowerTransformer',
    'rank',
    'gaussian',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with scaled numbers.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Spend and months on one scale',
      params: { columns: ['months', 'spend'] },
      inputs: { table: splitCustomers },
    },
    {
      title: 'Prices with outliers',
      params: { method: 'robust' },
      inputs: { table: { csv: 'price\n10\n12\n11\n900\n13\n' } },
    },
    {
      title: 'Spend as a normal distribution, by its quantiles',
      params: { columns: ['spend'], method: 'quantile', output: 'normal' },
      inputs: { table: splitCustomers },
    },
    {
      title: 'Months raised to the likeliest power',
      params: { columns: ['months'], method: 'yeo-johnson' },
      inputs: { table: splitCustomers },
    },
    {
      title: 'Skewed incomes',
      params: { method: 'box-cox' },
      inputs: { table: { csv: 'income\n1200\n1500\n\n9000\n2100\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate({ inputs: { table }, params }) {
    const { names, steps } = scaleSteps(table, params)
    const after = transformShape(table, steps, placeInSelection(params.columns, steps))
    return {
      outputs: { table: after.table },
      findings: [...emptyRule(table, params.columns, names), ...after.findings],
    }
  },
})

/** The columns that are scaled here, and the step of the recipe, if there are any. */
export function scaleSteps(
  table: { columns: readonly Column[] },
  params: ScaleNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, params.columns, ({ type }) => type === 'number' || type === 'integer')
  if (names.length === 0) return { names, steps: [] }
  return { names, steps: [{ transform: 'scale', params: scaleParams([...names], params) }] }
}

function scaleParams(columns: string[], params: ScaleNodeParams) {
  const { method, range, quantiles, output, quantileCount } = params
  switch (method) {
    case 'standard':
    case 'yeo-johnson':
    case 'box-cox':
      return { method, columns }
    case 'min-max':
      return { method, columns, range }
    case 'robust':
      return { method, columns, quantiles }
    case 'quantile':
      return { method, columns, output, count: quantileCount }
  }
}
