import { z } from 'zod'
import type { Column } from '../../../src/core/columns.ts'
import type { TransformParams, TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { chosenNames, emptyRule, placeInSelection } from '../../../src/node-kit/chosen-names.ts'
import { columnSelection } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
import { splitCustomers } from '../../example-tables.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'numeric', except: [] }).meta({
    title: 'Columns',
    description: 'The columns that are looked at. By rule, features alone.',
    widget: 'columns',
  }),
  method: z
    .enum(['iqr', 'z-score', 'mad'])
    .default('iqr')
    .meta({
      title: 'Method',
      description:
        'IQR: how far below the first or above the third quartile, in distances between the two. Z-score: how far from ' +
        'the mean, in standard deviations. MAD: how far from the median, in standard deviations as the median absolute ' +
        'deviation gives them; many outliers hardly change it.',
    }),
  limit: z.number().positive().nullable().default(null).meta({
    title: 'Limit',
    description: 'How far is too far. When left empty: 1.5 for IQR, 3 for z-score, 3.5 for MAD.',
  }),
  action: z
    .enum(['flag', 'clip', 'drop'])
    .default('flag')
    .meta({
      title: 'Action',
      description:
        'Flag: boolean columns say where outliers are. Clip: an outlier becomes the bound it lies beyond. Drop: rows with ' +
        'an outlier are left out.',
    }),
  flags: z.enum(['each', 'any']).default('each').meta({
    title: 'Flags',
    description: 'Flag: a column “…_outlier” for each column, or one that says whether there is any.',
  }),
  anyColumn: z.string().min(1).default('outlier').meta({
    title: 'Name',
    description: 'Flag: the name of the one column for any outlier.',
  }),
  dropFrom: z.enum(['train', 'all']).default('train').meta({
    title: 'Drop from',
    description:
      'Drop: train rows alone, so that a model is judged by rows as they come, or all rows. Where there is no split, all.',
  }),
})
export type OutliersParams = z.output<typeof params>

export const outliers = defineNode({
  id: 'validation.outliers',
  version: 1,
  title: 'Find outliers',
  summary: 'Finds numbers that lie far from the others, and flags, clips or drops them.',
  description:
    'The bounds are learned from the train rows of each column; the report says what they are and how many values of all ' +
    'rows lie beyond. Flagging and clipping become part of every model that is trained on the table. Dropping picks rows: ' +
    'those that are answered later are never dropped. Missing values are no outliers. An infinite number in a train row ' +
    'has no distance from others, so it has to be dealt with before.\n\n' +
    'Quartiles are interpolated linearly and the standard deviation is that of the population. Where half of the values are ' +
    'the same, MAD takes the mean absolute deviation.',
  keywords: ['anomaly', 'tukey', 'interquartile range', 'extreme values', 'modified z-score', 'winsorize'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: {
    table: {
      type: 'table',
      title: 'Table',
      description: 'The table with flags, clipped, or without the rows.',
    },
    report: { type: 'report', title: 'Report', description: 'Bounds and number of outliers by column.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'A flag for each column',
      params: { columns: ['months', 'spend'], limit: 0.5 },
      inputs: { table: splitCustomers },
    },
    {
      title: 'One flag by the median',
      params: { columns: ['months', 'spend'], method: 'mad', limit: 1, flags: 'any' },
      inputs: { table: splitCustomers },
    },
    {
      title: 'Clipped at two standard deviations',
      params: { columns: ['spend'], method: 'z-score', limit: 2, action: 'clip' },
      inputs: { table: splitCustomers },
    },
    {
      title: 'Without rows far off',
      params: { action: 'drop' },
      inputs: { table: { csv: 'age\n34\n999\n31\n\n57\n41\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate({ inputs: { table }, params }) {
    const { names, steps } = outlierSteps(table, params)
    const after = transformShape(table, steps, placeInSelection(params.columns, steps))
    return {
      outputs: { table: params.action === 'drop' ? table : after.table, report: { kind: 'report' } },
      findings: [...emptyRule(table, params.columns, names), ...after.findings],
    }
  },
})

const usualLimits = { iqr: 1.5, 'z-score': 3, mad: 3.5 } as const

/** The columns that are looked at, and the step of the recipe that learns their bounds, if there are any. */
export function outlierSteps(
  table: { columns: readonly Column[] },
  { columns, method, limit, action, flags, anyColumn }: OutliersParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, columns, ({ type }) => type === 'number' || type === 'integer')
  if (names.length === 0) return { names, steps: [] }
  const params: TransformParams<'outliers'> = {
    columns: [...names],
    method,
    limit: limit ?? usualLimits[method],
    action: action === 'flag' ? 'flag' : 'clip',
    ...(action === 'flag' && flags === 'any' && { anyColumn }),
  }
  return { names, steps: [{ transform: 'outliers', params }] }
}
