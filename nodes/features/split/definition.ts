import { z } from 'zod'
import { columnNamed, type SplitPart, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customers, customersCsv } from '../../example-tables.ts'

const share = z.number().min(0).lt(1)
const values = z.array(z.string()).default([])

const params = z.strictObject({
  method: z
    .enum(['random', 'stratified', 'group', 'order', 'column'])
    .default('random')
    .meta({
      title: 'Method',
      description:
        'Random: any row anywhere. Stratified: keeps the shares of a column. Group: keeps rows with the same value ' +
        'together. Order: the last rows test. Column: a column says the part.',
    }),
  test: share.default(0.2).meta({
    title: 'Test share',
    description:
      'Share of the rows that only report how good a model is; not used when a column says the part.',
    widget: 'slider',
    unit: 'share',
  }),
  validation: share.default(0.2).meta({
    title: 'Validation share',
    description:
      'Share of the rows that choose: when to stop, which threshold. When a column says the part and no value ' +
      'means validation, it is a share of the train rows, taken at random.',
    widget: 'slider',
    unit: 'share',
  }),
  by: z
    .string()
    .optional()
    .meta({
      title: 'By column',
      description:
        'Stratified: the column whose shares are kept (the target when left empty). Group: the column that names the ' +
        'group. Order: the column to sort by (the order of the rows when left empty). Column: the one that says the part.',
      widget: 'column',
    }),
  values: z.strictObject({ train: values, validation: values, test: values }).prefault({}).meta({
    title: 'Values',
    description: 'When a column says the part: which of its values mean train, validation and test.',
    widget: 'values-by-part',
  }),
  seedOffset: z.int().min(0).default(0).meta({
    title: 'Seed offset',
    description: 'Added to the seed of the pipeline: another number gives another split.',
  }),
})
export type SplitParams = z.output<typeof params>

export const split = defineNode({
  id: 'features.split',
  version: 1,
  title: 'Split',
  summary: 'Marks each row as train, validation or test.',
  description:
    'The table stays one table: rows are only marked. Whatever learns after this step learns from train rows, ' +
    'whatever chooses (early stopping, a threshold) uses validation rows, whatever reports uses test rows. Steps ' +
    'that learn therefore belong after the split; the check of the pipeline says so where one stands before it.\n\n' +
    'The same seed always gives the same split. A stratified split keeps the shares of every class to within a row, and ' +
    'a class of a single row trains; a split by order keeps equal values together.',
  keywords: [
    'train test split',
    'holdout',
    'partition',
    'stratify',
    'time series split',
    'group split',
    'leakage',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows, each with its part.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Keep the share of customers who leave',
      params: { method: 'stratified', test: 0.25, validation: 0.25 },
      inputs: { table: customers },
    },
    {
      title: 'Test on the last tenth of the months',
      params: { method: 'order', by: 'months', test: 0.1, validation: 0 },
      inputs: { table: { csv: customersCsv(40) } },
    },
    {
      title: 'A column that says the part, with some train rows set aside to choose a threshold',
      params: {
        method: 'column',
        by: 'plan',
        validation: 0.25,
        values: { train: ['basic', 'plus'], test: ['family'] },
      },
      inputs: { table: { csv: customersCsv(40) } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params, node }) {
    return {
      outputs: { table: { ...table, split: partsOf(params), splitBy: node } },
      findings: [...sharesOf(params), ...columnFindings(table, params), ...splitAgain(table)],
    }
  },
})

function partsOf({ method, test, validation, values }: SplitParams): SplitPart[] {
  const hasTest = method === 'column' ? values.test.length > 0 : test > 0
  const hasValidation = validation > 0 || (method === 'column' && values.validation.length > 0)
  return ['train', ...(hasValidation ? ['validation' as const] : []), ...(hasTest ? ['test' as const] : [])]
}

function sharesOf({ method, test, validation }: SplitParams): NodeFinding[] {
  if (method === 'column' || test + validation < 1) return []
  return [
    {
      code: 'bad-shares',
      severity: 'error',
      message: `Test and validation take ${Math.round((test + validation) * 100)} % of the rows; none would train.`,
      remedy: 'Make them smaller, so that together they stay below 100 %.',
      param: 'validation',
    },
  ]
}

/** The column that a split goes by, or undefined where it goes by none. */
export function splitColumn(
  table: Pick<TableShape, 'columns'>,
  { method, by }: SplitParams,
): string | undefined {
  if (method === 'random') return undefined
  if (method === 'stratified' && by === undefined)
    return table.columns.find((column) => column.role === 'target')?.name
  return by
}

function columnFindings(table: TableShape, params: SplitParams): NodeFinding[] {
  if (!table.known) return []
  const name = splitColumn(table, params)
  if (name === undefined) return columnMissing(params)
  const column = columnNamed(table, name)
  if (!column) return unknownColumns({ table, names: [name], param: () => 'by' })
  const unfit = column.type === 'vector' || (params.method === 'stratified' && column.type === 'number')
  return unfit ? [wrongColumn(name, column.type, params.method)] : valuesOf(params)
}

function columnMissing({ method }: SplitParams): NodeFinding[] {
  if (method === 'random' || method === 'order') return []
  const stratified = method === 'stratified'
  return [
    {
      code: stratified ? 'missing-target' : 'missing-column',
      severity: 'error',
      message: stratified
        ? 'There is no target whose shares could be kept.'
        : `A split by ${method} needs to know the column.`,
      remedy: stratified ? 'Choose a column, or set the target before this step.' : 'Choose a column.',
      param: 'by',
    },
  ]
}

function wrongColumn(name: string, type: string, method: string): NodeFinding {
  return {
    code: 'wrong-type',
    severity: 'error',
    message: `“${name}” is a ${type} column; a split by ${method} cannot go by it.`,
    remedy:
      method === 'stratified'
        ? 'Choose a column with few different values, or split at random.'
        : 'Choose a column that is not encoded.',
    param: 'by',
  }
}

function valuesOf({ method, values }: SplitParams): NodeFinding[] {
  if (method !== 'column' || values.train.length > 0) return []
  return [
    {
      code: 'missing-values',
      severity: 'error',
      message: 'No value means train, so no row would train.',
      remedy: 'Say which values of the column mean train, validation and test.',
      param: 'values.train',
    },
  ]
}

function splitAgain(table: TableShape): NodeFinding[] {
  if (table.split === null) return []
  return [
    {
      code: 'split-again',
      severity: 'warning',
      message: 'The table is already split; this step replaces that split.',
      remedy: 'Keep one of the two: what was learned in between has seen rows that now test.',
      port: 'table',
    },
  ]
}
