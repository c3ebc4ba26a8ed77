import { z } from 'zod'
import type { Column } from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { chosenNames, emptyRule, placeInSelection } from '../../../src/node-kit/chosen-names.ts'
import { columnSelection, unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
import { splitCustomers } from '../../example-tables.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'text', except: [] }).meta({
    title: 'Columns',
    description: 'The columns of categories. By rule, features alone.',
    widget: 'columns',
  }),
  method: z
    .enum(['one-hot', 'ordinal'])
    .default('one-hot')
    .meta({
      title: 'Method',
      description:
        'One-hot: a number for each category, 1 for the one at hand and 0 for the others. Ordinal: one number, the ' +
        'place of the category in their order.',
    }),
  minimumShare: z.number().min(0).max(1).default(0).meta({
    title: 'Rare below',
    description:
      'One-hot: categories with a smaller share of the train rows count as one, the rare category.',
    widget: 'slider',
    unit: 'share',
  }),
  maximumCategories: z.int().min(2).max(10_000).default(100).meta({
    title: 'Most categories',
    description:
      'One-hot: with more categories in a column, the less frequent ones count as the rare category.',
    unit: 'categories',
  }),
  unknown: z
    .enum(['rare', 'none'])
    .default('rare')
    .meta({
      title: 'Unknown categories',
      description:
        'What becomes of a category that the train rows did not have. One-hot: it counts as rare (all zeros in a ' +
        'column without rare ones), or is all zeros. Ordinal: it is −1, or no value.',
    }),
  drop: z.enum(['none', 'first', 'if-binary']).default('none').meta({
    title: 'Leave out',
    description:
      'One-hot: leaves out the number of the first category of each column, or only of columns with two categories.',
  }),
  missing: z
    .enum(['category', 'none'])
    .default('category')
    .meta({
      title: 'Missing values',
      description:
        'One-hot: “no value” is a category of its own where the train rows have any, or all zeros. Ordinal codes keep ' +
        'it as no value.',
    }),
  order: z.record(z.string(), z.array(z.string()).min(1)).default({}).meta({
    title: 'Order',
    description:
      'Ordinal: the categories of a column from lowest to highest. Sorted by character where not given.',
    widget: 'by-column',
  }),
})
export type EncodeNodeParams = z.output<typeof params>

export const encode = defineNode({
  id: 'features.encode',
  version: 1,
  title: 'Encode categories',
  summary: 'Turns categories into numbers: one-hot with a group for rare ones, or ordinal.',
  description:
    'The categories are those of the train rows. A one-hot column becomes one vector column of the same name, whose ' +
    'elements are the categories; rare ones share an element. The codes become part of every model that is trained on the table.',
  keywords: [
    'one hot',
    'dummy variables',
    'get_dummies',
    'label encoding',
    'categorical',
    'OneHotEncoder',
    'nominal',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The same rows with numbers for categories.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'One number for each plan',
      params: { columns: ['plan'] },
      inputs: { table: splitCustomers },
    },
    {
      title: 'Sizes in their order',
      params: { columns: ['size'], method: 'ordinal', order: { size: ['S', 'M', 'L'] } },
      inputs: { table: { csv: 'size,price\nM,12\nS,9\nL,15\nXL,19\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate({ inputs: { table }, params }) {
    const { names, steps } = encodeSteps(table, params)
    const place = placeInSelection(params.columns, steps)
    const after = transformShape(table, steps, (problem, step) =>
      problem.code === 'bad-value' ? 'order' : place(problem, step),
    )
    const ordered = Object.keys(params.order).flatMap((name) =>
      unknownColumns({ table, names: [name], param: () => `order.${name}` }),
    )
    return {
      outputs: { table: after.table },
      findings: [...emptyRule(table, params.columns, names), ...ordered, ...after.findings],
    }
  },
})

/** The columns that are encoded here, and the step of the recipe, if there are any. */
export function encodeSteps(
  table: { columns: readonly Column[] },
  params: EncodeNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, params.columns, ({ type }) => type !== 'vector')
  if (names.length === 0) return { names, steps: [] }
  const columns = [...names]
  const step = params.method === 'ordinal' ? ordinal(table, columns, params) : oneHot(columns, params)
  return { names, steps: [step] }
}

function oneHot(columns: string[], params: EncodeNodeParams): TransformStep {
  return {
    transform: 'encode',
    params: {
      method: 'one-hot',
      columns,
      ...(params.minimumShare > 0 && { minShare: params.minimumShare }),
      maxCategories: params.maximumCategories,
      unknown: params.unknown === 'none' ? 'ignore' : 'rare',
      nulls: params.missing === 'none' ? 'ignore' : 'category',
      drop: params.drop,
    },
  }
}

function ordinal(
  table: { columns: readonly Column[] },
  columns: string[],
  params: EncodeNodeParams,
): TransformStep {
  const orders = columns.map((name) =>
    orderOf(
      table.columns.find((column) => column.name === name),
      params.order[name],
    ),
  )
  const unknown = params.unknown === 'none' ? 'null' : 'minus-one'
  return { transform: 'encode', params: { method: 'ordinal', columns, orders, unknown } }
}

function orderOf(column: Column | undefined, given: readonly string[] | undefined) {
  if (!given) return null
  if (column?.type === 'integer' || column?.type === 'number') return given.map(Number)
  return column?.type === 'boolean' ? given.map((value) => value === 'true') : [...given]
}
