import { z } from 'zod'
import { columnNamed, type Column, type ColumnType, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { encodedColumns, encodedNames, repeatedNames, startedHere, takenNames } from '../column-names.ts'
import { notNumeric } from '../group-findings.ts'
import { sortKeys } from '../sort/definition.ts'

const windowFunctions = ['lag', 'lead', 'row-number', 'count', 'sum', 'mean', 'min', 'max'] as const

const windowColumn = z.strictObject({
  function: z.enum(windowFunctions).meta({
    title: 'Function',
    description:
      'Lag and lead: the value some rows before or after. Row number: from 1. The others: of the rows of the window, ' +
      'which ends at the row itself.',
  }),
  column: z.string().optional().meta({
    title: 'Column',
    description:
      'The column that it is about; a row number needs none, and a count goes by rows when left empty.',
    widget: 'column',
  }),
  rows: z
    .int()
    .min(1)
    .optional()
    .meta({
      title: 'Rows',
      description:
        'How many rows a window has, the row itself among them; all up to the row when left empty. For lag and lead, how ' +
        'many rows away; 1 when left empty.',
      unit: 'rows',
    }),
  name: z.string().optional().meta({
    title: 'Name',
    description: 'Name of the new column; made of column and function when left empty.',
  }),
})
export type WindowColumn = z.output<typeof windowColumn>

const params = z.strictObject({
  partitionBy: z.array(z.string()).default([]).meta({
    title: 'Partition by',
    description: 'A window holds only rows with equal values in these; any row when left empty.',
    widget: 'columns',
  }),
  orderBy: sortKeys.default([]).meta({
    title: 'Order by',
    description: 'What says which row comes before another; the order of the table when left empty.',
  }),
  columns: z.array(windowColumn).default([]).meta({
    title: 'Columns',
    description: 'What is computed for each row; each makes a column.',
  }),
})
export type WindowParams = z.output<typeof params>

const sales =
  'shop,day,sales\nJena,2026-03-02,14\nGera,2026-03-01,9\nJena,2026-03-01,12\nGera,2026-03-02,7.5\nJena,2026-03-03,\n'

export const window = defineNode({
  id: 'features.window',
  version: 1,
  title: 'Window functions',
  summary: 'Computes columns from rows before: lags, running totals, moving averages.',
  description:
    'Rows stay in the order of the table and in their parts of a split; only which row counts as before another follows ' +
    'the columns to order by (missing values last, equal rows in the order of the table). A window ends at the row ' +
    'itself, so nothing is seen that came later; only *lead* looks ahead, which is good for a target and gives the ' +
    'answer away as a feature. ' +
    'Missing values and what is not finite do not ' +
    'count; where nothing counts the value is missing, a count 0.\n\n' +
    'The table starts a new recipe here: a model that is trained on it takes these columns as its input, so whoever ' +
    'asks it has to compute them in the same way.',
  keywords: [
    'rolling',
    'moving average',
    'cumulative',
    'running total',
    'shift',
    'previous row',
    'over',
    'time series',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with the new columns.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Sales of the day before and in all',
      params: {
        partitionBy: ['shop'],
        orderBy: [{ column: 'day' }],
        columns: [
          { function: 'lag', column: 'sales', name: 'day before' },
          { function: 'sum', column: 'sales', name: 'so far' },
          { function: 'mean', column: 'sales', rows: 2 },
          { function: 'row-number' },
        ],
      },
      inputs: { table: { csv: sales } },
    },
    {
      title: 'What comes next, after a split',
      params: {
        columns: [
          { function: 'lead', column: 'sales' },
          { function: 'max', column: 'day', rows: 3 },
        ],
      },
      inputs: { table: { csv: sales, split: ['train', 'train', 'train', 'test', 'test'] } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const added = addedColumns(table, params)
    return {
      outputs: { table: { ...table, columns: [...table.columns.map(startedHere), ...added] } },
      findings: table.known ? findingsOf(table, params) : [],
    }
  },
})

/** The columns that the windows make. */
export function addedColumns(table: { columns: readonly Column[] }, params: WindowParams): Column[] {
  return params.columns.map((asked) => {
    const type = asked.column === undefined ? undefined : columnNamed(table, asked.column)?.type
    return { name: nameOf(asked), type: typeOf(asked.function, type), role: 'feature', origin: 'start' }
  })
}

function nameOf({ name, function: asked, column }: WindowColumn): string {
  if (name !== undefined && name !== '') return name
  return column === undefined ? asked : `${column}_${asked}`
}

function typeOf(asked: WindowColumn['function'], of: ColumnType = 'number'): ColumnType {
  switch (asked) {
    case 'row-number':
    case 'count':
      return 'integer'
    case 'sum':
    case 'mean':
      return 'number'
    case 'lag':
    case 'lead':
    case 'min':
    case 'max':
      return of
  }
}

function findingsOf(table: TableShape, params: WindowParams): NodeFinding[] {
  const { partitionBy, orderBy } = params
  const order = orderBy.map(({ column }) => column)
  const byPartition = (index: number): string => `partitionBy.${index}`
  const byOrder = (index: number): string => `orderBy.${index}.column`
  const names = [
    ...table.columns.map(({ name }) => ({ name, param: undefined })),
    ...addedColumns(table, params).map(({ name }, index) => ({ name, param: `columns.${index}.name` })),
  ]
  return [
    ...encodedColumns(table, 'table'),
    ...unknownColumns({ table, names: partitionBy, param: byPartition }),
    ...repeatedNames(partitionBy, byPartition),
    ...unknownColumns({ table, names: order, param: byOrder }),
    ...repeatedNames(order, byOrder),
    ...params.columns.flatMap((asked, index) => columnFindings(table, asked, `columns.${index}.column`)),
    ...takenNames(names).filter(({ param }) => param !== undefined),
  ]
}

function columnFindings(
  table: TableShape,
  { function: asked, column }: WindowColumn,
  at: string,
): NodeFinding[] {
  if (column !== undefined) {
    const param = (): string => at
    return [
      ...unknownColumns({ table, names: [column], param }),
      ...encodedNames(table, [column], param),
      ...(asked === 'sum' || asked === 'mean' ? notNumeric(table, column, at) : []),
    ]
  }
  if (asked === 'row-number' || asked === 'count') return []
  return [
    {
      code: 'missing-column',
      severity: 'error',
      message: `A window by ${asked} needs to know the column.`,
      remedy: 'Choose a column, or count the rows.',
      param: at,
    },
  ]
}
