import { z } from 'zod'
import type { Column, TableShape } from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { chosenNames, emptyRule, placeInSelection } from '../../../src/node-kit/chosen-names.ts'
import { columnSelection, unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
import { splitCustomers } from '../../example-tables.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'text', except: [] }).meta({
    title: 'Columns',
    description: 'The columns of categories. By rule, features alone.',
    widget: 'columns',
  }),
  method: z
    .enum(['one-hot', 'ordinal', 'target', 'frequency', 'binary', 'hashing'])
    .default('one-hot')
    .meta({
      title: 'Method',
      description:
        'One-hot: a number for each category, 1 for the one at hand and 0 for the others. Ordinal: one number, the ' +
        'place of the category in their order. Target: the mean of the target among the rows of the category, or the share ' +
        'of each class. Frequency: the share of the rows that have the category. Binary: its place in binary digits. ' +
        'Hashing: a fixed number of elements, into which texts fall by their hash, so that nothing is learned.',
    }),
  minimumShare: z.number().min(0).max(1).default(0).meta({
    title: 'Rare below',
    description:
      'One-hot: categories with a smaller share of the train rows count as one, the rare category.',
    widget: 'slider',
    unit: 'share',
  }),
  maximumCategories: z.int().min(2).max(100_000).default(100).meta({
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
        'Whether “no value” is a category of its own where the train rows have any. If not, it is all zeros (one-hot, ' +
        'binary) or stays no value (frequency). Ordinal codes always keep it as no value, with target it always is a ' +
        'category, with hashing always all zeros.',
    }),
  order: z.record(z.string(), z.array(z.string()).min(1)).default({}).meta({
    title: 'Order',
    description:
      'Ordinal: the categories of a column from lowest to highest. Sorted by character where not given.',
    widget: 'by-column',
  }),
  smoothing: z.number().min(0).default(10).meta({
    title: 'Smoothing',
    description:
      'Target: as how many rows the mean of all rows counts within each category, so that small ones tell little.',
    unit: 'rows',
  }),
  folds: z.int().min(2).max(100).default(5).meta({
    title: 'Folds',
    description: 'Target: the train rows of each see what was learned from the others.',
    unit: 'folds',
  }),
  buckets: z.int().min(2).max(10_000).default(64).meta({
    title: 'Elements',
    description: 'Hashing: how many there are. Texts that fall into the same one cannot be told apart.',
    unit: 'elements',
  }),
})
export type EncodeNodeParams = z.output<typeof params>

export const encode = defineNode({
  id: 'features.encode',
  version: 1,
  title: 'Encode categories',
  summary:
    'Turns categories into numbers: one-hot with a group for rare ones, ordinal, by the target and more.',
  description:
    'The categories are those of the train rows. A one-hot column becomes one vector column of the same name, whose ' +
    'elements are the categories; rare ones share an element. The codes become part of every model that is trained on the ' +
    'table.\n\n' +
    'Target encoding is the one step whose train rows see other values than a model’s callers: a row that helped to learn ' +
    'a mean would be told its own answer. So the train rows are dealt out into folds, by the seed of the pipeline, and ' +
    'each sees what the other folds say; validation rows, test rows and every later caller see what all train rows ' +
    'say. A target of numbers gives a number; one of texts a vector with the share of each class (of two, of the last). ' +
    'Hashing follows scikit-learn’s FeatureHasher (MurmurHash3) without signs.',
  keywords: [
    'one hot',
    'dummy variables',
    'get_dummies',
    'label encoding',
    'categorical',
    'OneHotEncoder',
    'nominal',
    'mean encoding',
    'TargetEncoder',
    'count encoding',
    'feature hashing',
    'high cardinality',
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
    {
      title: 'How often each plan churns',
      params: { columns: ['plan'], method: 'target', smoothing: 2 },
      inputs: { table: splitCustomers },
    },
    {
      title: 'How frequent each plan is',
      params: { columns: ['plan'], method: 'frequency' },
      inputs: { table: splitCustomers },
    },
    {
      title: 'Plans in binary digits',
      params: { columns: ['plan'], method: 'binary' },
      inputs: { table: splitCustomers },
    },
    {
      title: 'Towns without a list of them',
      params: { columns: ['town'], method: 'hashing', buckets: 8 },
      inputs: { table: { csv: 'town,rent\nJena,700\n,650\nWeimar,690\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: ({ method }) => (method === 'hashing' ? 'nothing' : 'train-rows'),
  propagate({ inputs: { table }, params }) {
    const { names, steps } = encodeSteps(table, params, 0)
    const place = placeInSelection(params.columns, steps)
    const after = transformShape(table, steps, (problem, step) =>
      problem.code === 'bad-value' ? 'order' : place(problem, step),
    )
    const ordered = Object.keys(params.order).flatMap((name) =>
      unknownColumns({ table, names: [name], param: () => `order.${name}` }),
    )
    return {
      outputs: { table: after.table },
      findings: [
        ...emptyRule(table, params.columns, names),
        ...ordered,
        ...withoutTarget(table, params),
        ...after.findings,
      ],
    }
  },
})

function withoutTarget(table: TableShape, { method }: EncodeNodeParams): NodeFinding[] {
  if (method !== 'target' || !table.known || targetOf(table)) return []
  return [
    {
      code: 'no-target',
      severity: 'error',
      message: 'No column of the table is the target, whose mean the categories would become.',
      remedy: 'Give a column the role “target” before, or choose another method.',
      param: 'method',
    },
  ]
}

const targetOf = (table: { columns: readonly Column[] }): string | undefined =>
  table.columns.find(({ role }) => role === 'target')?.name

/**
 * The columns that are encoded here, and the step of the recipe, if there are any. The seed deals out the folds of
 * target encoding.
 */
export function encodeSteps(
  table: { columns: readonly Column[] },
  params: EncodeNodeParams,
  seed: number,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, params.columns, ({ type }) => type !== 'vector')
  if (names.length === 0) return { names, steps: [] }
  const step = encodeStep(table, [...names], { params, seed })
  return { names, steps: step ? [step] : [] }
}

function encodeStep(
  table: { columns: readonly Column[] },
  columns: string[],
  { params, seed }: { params: EncodeNodeParams; seed: number },
): TransformStep | undefined {
  const { method, smoothing, folds, buckets, missing } = params
  const nulls = missing === 'none' ? 'ignore' : 'category'
  switch (method) {
    case 'one-hot':
      return oneHot(columns, params)
    case 'ordinal':
      return ordinal(table, columns, params)
    case 'frequency':
    case 'binary':
      return { transform: 'encode', params: { method, columns, nulls } }
    case 'hashing':
      return { transform: 'encode', params: { method, columns, buckets } }
    case 'target': {
      const target = targetOf(table)
      if (target === undefined) return undefined
      return { transform: 'encode', params: { method, columns, target, smoothing, folds, seed } }
    }
  }
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
