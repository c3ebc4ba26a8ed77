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
    description: 'The columns whose numbers are sorted into bins. By rule, features alone.',
    widget: 'columns',
  }),
  method: z
    .enum(['equal-count', 'equal-width', 'edges'])
    .default('equal-count')
    .meta({
      title: 'Method',
      description:
        'Equal count: about as many train rows in each bin. Equal width: bins as wide as each other between the ' +
        'smallest and the largest number of the train rows. Edges: they are given.',
    }),
  bins: z.int().min(2).max(1000).default(5).meta({
    title: 'Bins',
    description: 'How many there are. With equal counts fewer where many rows have the same number.',
    unit: 'bins',
  }),
  edges: z.array(z.number()).max(999).default([]).meta({
    title: 'Edges',
    description: 'Edges: where one bin ends and the next begins, ascending. Three edges make four bins.',
  }),
  output: z.enum(['ordinal', 'one-hot']).default('ordinal').meta({
    title: 'Output',
    description:
      'Ordinal: the number of the bin, from 0. One-hot: a vector with a number for each bin, 1 for the one at hand.',
  }),
})
export type BinNodeParams = z.output<typeof params>

export const bin = defineNode({
  id: 'features.bin',
  version: 1,
  title: 'Bin numbers',
  summary: 'Sorts numbers into bins of equal width, of equal count or with given edges.',
  description:
    'A number on an edge belongs to the bin above it; what lies beyond the train rows falls into the first or the last ' +
    'bin, as in scikit-learn’s KBinsDiscretizer. A missing value has no bin: it stays missing, or is all zeros. The edges ' +
    'become part of every model that is trained on the table.',
  keywords: [
    'discretize',
    'bucket',
    'quantile bins',
    'histogram',
    'KBinsDiscretizer',
    'cut',
    'qcut',
    'age groups',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with bins for numbers.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Spend in four bins of equal count',
      params: { columns: ['spend'], bins: 4 },
      inputs: { table: splitCustomers },
    },
    {
      title: 'Age groups of one’s own',
      params: { columns: ['age'], method: 'edges', edges: [18, 35, 65], output: 'one-hot' },
      inputs: { table: { csv: 'age\n12\n18\n40\n\n81\n' } },
    },
    {
      title: 'Months in bins of equal width',
      params: { columns: ['months'], method: 'equal-width', bins: 3, output: 'one-hot' },
      inputs: { table: splitCustomers },
    },
  ],
  effect: 'pure',
  learnsFrom: ({ method }) => (method === 'edges' ? 'nothing' : 'train-rows'),
  propagate({ inputs: { table }, params }) {
    const { names, steps } = binSteps(table, params)
    const after = transformShape(table, steps, placeInSelection(params.columns, steps))
    const lacking = params.method === 'edges' && params.edges.length === 0 ? [noEdges] : []
    return {
      outputs: { table: after.table },
      findings: [...emptyRule(table, params.columns, names), ...lacking, ...after.findings],
    }
  },
})

const noEdges = {
  code: 'bad-value',
  severity: 'error',
  message: 'No edge is given.',
  remedy: 'Give at least one, or choose another method.',
  param: 'edges',
} as const

/** The columns that are binned here, and the step of the recipe, if there are any. */
export function binSteps(
  table: { columns: readonly Column[] },
  { columns, method, bins, edges, output }: BinNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, columns, ({ type }) => type === 'number' || type === 'integer')
  if (names.length === 0 || (method === 'edges' && edges.length === 0)) return { names, steps: [] }
  const chosen = { columns: [...names], output }
  const step: TransformStep = {
    transform: 'bin',
    params: method === 'edges' ? { method, ...chosen, edges: [...edges] } : { method, ...chosen, bins },
  }
  return { names, steps: [step] }
}
