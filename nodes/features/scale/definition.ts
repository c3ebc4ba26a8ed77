import { z } from 'zod'
import type { Column, TableShape } from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { checkSelection } from '../../../src/node-kit/check-selection.ts'
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
    .enum(['standard', 'min-max', 'robust'])
    .default('standard')
    .meta({
      title: 'Method',
      description:
        'Standard: mean 0, standard deviation 1. Min-max: from 0 to 1. Robust: median 0, middle half of the values ' +
        'one wide, so that outliers matter little.',
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
})
export type ScaleNodeParams = z.output<typeof params>

export const scale = defineNode({
  id: 'features.scale',
  version: 1,
  title: 'Scale',
  summary: 'Brings numbers to one scale: standard, min-max or robust.',
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
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate({ inputs: { table }, params }) {
    const chosen = scaledColumns(table, params)
    const steps = scaleSteps(chosen.columns, params)
    const after = transformShape(table, steps, ({ param }) => param.replace(/^columns.*/, 'columns'))
    return { outputs: { table: after.table }, findings: [...chosen.findings, ...after.findings] }
  },
})

/** The columns that are scaled here, and what is wrong with the choice. */
export function scaledColumns(
  table: TableShape,
  { columns }: ScaleNodeParams,
): ReturnType<typeof checkSelection> {
  return checkSelection({
    table,
    selection: columns,
    param: 'columns',
    fits: ({ type }) => type === 'number' || type === 'integer',
    takes: 'numbers and integers',
    remedy: 'Encode categories instead, or cast the column to number first.',
  })
}

/** The step of the recipe, or none where no column fits. */
export function scaleSteps(chosen: readonly Column[], params: ScaleNodeParams): TransformStep[] {
  const columns = chosen.map(({ name }) => name)
  if (columns.length === 0) return []
  switch (params.method) {
    case 'standard':
      return [{ transform: 'scale', params: { method: 'standard', columns } }]
    case 'min-max':
      return [{ transform: 'scale', params: { method: 'min-max', columns, range: params.range } }]
    case 'robust':
      return [{ transform: 'scale', params: { method: 'robust', columns, quantiles: params.quantiles } }]
    default:
      return params.method satisfies never
  }
}
