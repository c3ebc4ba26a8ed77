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
    description: 'The columns whose outliers are clipped. By rule, features alone.',
    widget: 'columns',
  }),
  method: z.enum(['quantiles', 'bounds']).default('quantiles').meta({
    title: 'Method',
    description:
      'Quantiles: the bounds are quantiles of the train rows of each column. Bounds: they are given.',
  }),
  quantiles: z
    .tuple([z.number().min(0).max(100), z.number().min(0).max(100)])
    .default([1, 99])
    .meta({
      title: 'Quantiles',
      description: 'Quantiles: where the bounds lie among the values of the train rows.',
      unit: 'percent',
    }),
  lower: z.number().nullable().default(null).meta({
    title: 'Lower bound',
    description: 'Bounds: smaller numbers become this one. There is no such bound where left empty.',
  }),
  upper: z.number().nullable().default(null).meta({
    title: 'Upper bound',
    description: 'Bounds: larger numbers become this one. There is no such bound where left empty.',
  }),
})
export type ClipNodeParams = z.output<typeof params>

export const clip = defineNode({
  id: 'features.clip',
  version: 1,
  title: 'Clip outliers',
  summary: 'Brings numbers beyond two bounds to the bound.',
  description:
    'No row is dropped: a number that lies beyond a bound becomes the bound, in training and in every request to a model ' +
    'that is trained on the table. Quantiles are those of the train rows, interpolated linearly. Missing values stay ' +
    'missing. Whole numbers stay whole only between whole bounds.',
  keywords: ['winsorize', 'winsorise', 'cap', 'trim outliers', 'clamp', 'limit range', 'truncate'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The same rows with numbers within the bounds.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'Spend without its extremes',
      params: { columns: ['spend'], quantiles: [5, 95] },
      inputs: { table: splitCustomers },
    },
    {
      title: 'No age above a hundred',
      params: { columns: ['age'], method: 'bounds', lower: 0, upper: 100 },
      inputs: { table: { csv: 'age\n34\n999\n-1\n\n57\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: ({ method }) => (method === 'quantiles' ? 'train-rows' : 'nothing'),
  propagate({ inputs: { table }, params }) {
    const { names, steps } = clipSteps(table, params)
    const after = transformShape(table, steps, placeInSelection(params.columns, steps))
    return {
      outputs: { table: after.table },
      findings: [...emptyRule(table, params.columns, names), ...after.findings],
    }
  },
})

/** The columns that are clipped here, and the step of the recipe, if there are any. */
export function clipSteps(
  table: { columns: readonly Column[] },
  { columns, method, quantiles, lower, upper }: ClipNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, columns, ({ type }) => type === 'number' || type === 'integer')
  if (names.length === 0) return { names, steps: [] }
  const chosen = { columns: [...names] }
  const step: TransformStep = {
    transform: 'clip',
    params: method === 'quantiles' ? { method, ...chosen, quantiles } : { method, ...chosen, lower, upper },
  }
  return { names, steps: [step] }
}
