import { z } from 'zod'
import type { Column } from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { chosenNames, emptyRule, placeInSelection } from '../../../src/node-kit/chosen-names.ts'
import { columnSelection } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
import { splitCustomers } from '../../example-tables.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'any', except: [] }).meta({
    title: 'Columns',
    description: 'The columns whose missing values are filled in. By rule, features alone.',
    widget: 'columns',
  }),
  numeric: z
    .enum(['mean', 'median', 'most-frequent', 'constant', 'nearest'])
    .default('median')
    .meta({
      title: 'Numbers',
      description:
        'What stands in for a missing number. The most frequent one is the smallest of several that are equally frequent. ' +
        'Nearest is the mean of the rows that are most alike in the compared columns.',
    }),
  numericValue: z.number().default(0).meta({
    title: 'Constant for numbers',
    description: 'Stands in for a missing number when the method is constant.',
  }),
  text: z.enum(['most-frequent', 'constant']).default('most-frequent').meta({
    title: 'Texts',
    description: 'What stands in for a missing text. Booleans always take their most frequent value.',
  }),
  textValue: z.string().min(1).default('missing').meta({
    title: 'Constant for texts',
    description: 'Stands in for a missing text when the method is constant.',
  }),
  by: z
    .string()
    .nullable()
    .default(null)
    .meta({
      title: 'By group',
      description:
        'A column of categories: what stands in is learned from the rows of the same one, and from all rows where there ' +
        'are none or the category is missing. All rows together where left empty. Constants and nearest rows have no groups.',
      widget: 'column',
    }),
  neighbours: z.int().min(1).max(100).default(5).meta({
    title: 'Neighbours',
    description: 'With nearest: of how many rows the mean is taken.',
    unit: 'rows',
  }),
  weights: z.enum(['uniform', 'distance']).default('uniform').meta({
    title: 'Weights of neighbours',
    description: 'With nearest: whether each of them counts alike, or the more the nearer it is.',
  }),
  compared: columnSelection.default({ type: 'numeric', except: [] }).meta({
    title: 'Compared columns',
    description:
      'With nearest: the columns of numbers, standardised, by which rows are alike. Those that are filled in always ' +
      'belong to them.',
    widget: 'columns',
  }),
  references: z
    .int()
    .min(10)
    .max(2000)
    .default(1000)
    .meta({
      title: 'Reference rows',
      description:
        'With nearest: how many train rows, drawn at random, rows are compared with. They become part of the model, and ' +
        'each row takes time for each of them.',
      unit: 'rows',
    }),
  indicators: z.boolean().default(false).meta({
    title: 'Add indicators',
    description: 'Adds a boolean column that says where a value was missing: “age_missing” for “age”.',
  }),
})
export type ImputeNodeParams = z.output<typeof params>

export const impute = defineNode({
  id: 'features.impute',
  version: 1,
  title: 'Impute',
  summary:
    'Fills in missing values with a mean, a median, the most frequent value, a constant or the nearest rows.',
  description:
    'What stands in is learned from the train rows and becomes part of every model that is trained on the table, so a ' +
    'request that lacks a value gets the same one. A column without any value in the train rows cannot be imputed, ' +
    'except with a constant. An integer column becomes a number column where the mean or the median need not be whole. ' +
    'The target and columns with other roles are left alone.\n\n' +
    'The nearest rows give what KNNImputer of scikit-learn gives on standardised columns, with these differences: rows are ' +
    'compared with a sample of the train rows, rows that have no number in common never count, of rows that are equally near the first do, and with weights by ' +
    'distance an equal row weighs a thousand million times as much as others, not all.',
  keywords: [
    'missing values',
    'group median',
    'null',
    'nan',
    'fill',
    'fillna',
    'SimpleImputer',
    'KNNImputer',
    'nearest neighbours',
    'replace missing',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The same rows without gaps in these columns.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'Middle number of calls, with a column that says where it was missing',
      params: { columns: ['calls'], indicators: true },
      inputs: { table: splitCustomers },
    },
    {
      title: 'The usual number of calls of each plan',
      params: { columns: ['calls'], by: 'plan' },
      inputs: { table: splitCustomers },
    },
    {
      title: 'Calls as those of customers with a like bill',
      params: { columns: ['calls'], numeric: 'nearest', neighbours: 3, weights: 'distance' },
      inputs: { table: splitCustomers },
    },
    {
      title: 'A word of its own for what is not known',
      params: { columns: ['town'], text: 'constant', textValue: 'unknown' },
      inputs: { table: { csv: 'town,rent\nJena,700\n,650\nGera,\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: ({ numeric, text }) =>
    numeric === 'constant' && text === 'constant' ? 'nothing' : 'train-rows',
  propagate({ inputs: { table }, params }) {
    const { names, steps } = imputeSteps(table, params)
    const after = transformShape(table, steps, placeOf(params, steps))
    return {
      outputs: { table: after.table },
      findings: [...emptyRule(table, params.columns, names), ...after.findings],
    }
  },
})

/** The columns that are imputed here, and the steps of the recipe: one for each way to fill in. */
export function imputeSteps(
  table: { columns: readonly Column[] },
  params: ImputeNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(
    table,
    params.columns,
    ({ type, name }) => waysByType[type] !== undefined && name !== params.by,
  )
  const byWay = Map.groupBy(names, (name) => {
    const type = table.columns.find((column) => column.name === name)?.type
    return (type && waysByType[type]) ?? 'numeric'
  })
  return { names, steps: [...byWay].map(([way, columns]) => imputeStep(table, { way, columns, params })) }
}

type Way = 'numeric' | 'text' | 'boolean'

const waysByType: Partial<Record<Column['type'], Way>> = {
  number: 'numeric',
  integer: 'numeric',
  text: 'text',
  boolean: 'boolean',
}

interface WayToFill {
  way: Way
  columns: string[]
  params: ImputeNodeParams
}

function imputeStep(
  table: { columns: readonly Column[] },
  { way, columns, params }: WayToFill,
): TransformStep {
  const strategy = way === 'boolean' ? 'most-frequent' : params[way]
  if (strategy === 'nearest') {
    const { neighbours, weights, references, indicators: indicator } = params
    const compared = chosenNames(table, params.compared, () => true)
    const others = compared.filter((name) => !columns.includes(name))
    return {
      transform: 'impute-nearest',
      params: { columns: [...columns, ...others], fill: columns, neighbours, weights, references, indicator },
    }
  }
  const value = way === 'text' ? params.textValue : params.numericValue
  return {
    transform: 'impute',
    params: {
      columns,
      strategy,
      ...(strategy === 'constant' && { value }),
      ...(strategy !== 'constant' && params.by !== null && { by: params.by }),
      indicator: params.indicators,
    },
  }
}

/** A column that is only compared belongs to that parameter. */
function placeOf(
  params: ImputeNodeParams,
  steps: readonly TransformStep[],
): ReturnType<typeof placeInSelection> {
  const inColumns = placeInSelection(params.columns, steps)
  return (problem, index) => {
    const step = steps[index]!
    const position = Number(/^columns\.(\d+)$/.exec(problem.param)?.[1])
    const isCompared = step.transform === 'impute-nearest' && position >= step.params.fill.length
    return isCompared ? 'compared' : inColumns(problem, index)
  }
}
