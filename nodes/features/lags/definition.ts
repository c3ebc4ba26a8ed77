import { z } from 'zod'
import { columnNamed, type Column, type ColumnType, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { encodedColumns, encodedNames, repeatedNames, startedHere, takenNames } from '../column-names.ts'
import { notNumeric } from '../group-findings.ts'
import { sortKeys, type SortKey } from '../sort/definition.ts'

const rollingFunctions = ['mean', 'sum', 'min', 'max'] as const

const params = z.strictObject({
  columns: z.array(z.string()).default([]).meta({
    title: 'Columns',
    description: 'Whose earlier values become features; the target when left empty.',
    widget: 'columns',
  }),
  partitionBy: z.array(z.string()).default([]).meta({
    title: 'Series',
    description:
      'Columns that tell one series from another, such as a shop; all rows are one series when left empty.',
    widget: 'columns',
  }),
  orderBy: sortKeys.default([]).meta({
    title: 'Order by',
    description:
      'What says which row came first; the column with the role “time” when left empty, or the table’s order.',
  }),
  horizon: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1)
    .meta({
      title: 'Horizon',
      description:
        'How many rows ahead is predicted: the latest row that may be known. 1 knows the row before, 7 only what is a week ' +
        'of days old.',
      unit: 'rows',
    }),
  lags: z.array(z.int().min(1).max(1_000_000)).max(1000).default([1]).meta({
    title: 'Lags',
    description: 'Values so many rows before the row; none may be within the horizon.',
    unit: 'rows',
  }),
  windows: z.array(z.int().min(1).max(1_000_000)).max(1000).default([]).meta({
    title: 'Rolling windows',
    description: 'How many rows each window has; it ends where the horizon begins.',
    unit: 'rows',
  }),
  functions: z.array(z.enum(rollingFunctions)).default(['mean']).meta({
    title: 'Functions',
    description: 'What is computed over each rolling window.',
  }),
})
export type LagsParams = z.output<typeof params>
export type RollingFunction = (typeof rollingFunctions)[number]

const sales = Array.from(
  { length: 12 },
  (_, day) =>
    `${day % 2 ? 'Jena' : 'Gera'},2026-03-${String(1 + Math.floor(day / 2)).padStart(2, '0')},${(day * 7) % 10}`,
)
const csv = ['shop,day,sales', ...sales, ''].join('\n')

export const lags = defineNode({
  id: 'features.lags',
  version: 1,
  title: 'Lags and rolling values',
  summary: 'Makes features of what came before: earlier values, moving averages, running extremes.',
  description:
    'For each row only rows before it count, and of those only what is known at the horizon, so a forecast never peeks: a ' +
    'lag and a window of the target are fair features. Where too few rows came before, the value is missing; a window ' +
    'takes what there is. Rows stay in the order of the table and in their parts of a split. For seasons take “Date parts” ' +
    'with its cyclical option; “Split” and “Cross-validate” know how to test in order of time.\n\n' +
    'The table starts a new recipe here: a model that is trained on it takes these columns as its input, so whoever ' +
    'asks it has to compute them in the same way.',
  keywords: [
    'time series',
    'lag',
    'rolling',
    'moving average',
    'forecast',
    'autoregression',
    'shift',
    'history',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with the new columns.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Yesterday, and the mean of the three days before',
      params: {
        columns: ['sales'],
        partitionBy: ['shop'],
        orderBy: [{ column: 'day' }],
        windows: [3],
        functions: ['mean', 'max'],
      },
      inputs: { table: { csv } },
    },
    {
      title: 'Two days ahead, with roles',
      params: { partitionBy: ['shop'], horizon: 2, lags: [2, 3] },
      inputs: { table: { csv, roles: { sales: 'target', day: 'time' } } },
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

interface Columns {
  columns: readonly Column[]
}

/** The columns that are looked back at. */
export function sourceColumns({ columns }: Columns, params: LagsParams): string[] {
  if (params.columns.length > 0) return params.columns
  return columns.flatMap(({ name, role }) => (role === 'target' ? [name] : []))
}

export function orderOf({ columns }: Columns, { orderBy }: LagsParams): readonly SortKey[] {
  if (orderBy.length > 0) return orderBy
  return columns.flatMap(({ name, role }) => (role === 'time' ? [{ column: name, order: 'ascending' }] : []))
}

/** One column for each lag and each function of each window. */
export function addedColumns(table: Columns, params: LagsParams): Column[] {
  return sourceColumns(table, params).flatMap((source) => {
    const type = columnNamed(table, source)?.type ?? 'number'
    const column = (suffix: string, own: ColumnType): Column => ({
      name: `${source}_${suffix}`,
      type: own,
      role: 'feature',
      origin: 'start',
    })
    const lagged = params.lags.map((lag) => column(`lag_${lag}`, type))
    const rolled = params.windows.flatMap((rows) =>
      params.functions.map((rolling) => column(`${rolling}_${rows}`, isExtreme(rolling) ? type : 'number')),
    )
    return lagged.concat(rolled)
  })
}

export const isExtreme = (rolling: RollingFunction): boolean => rolling === 'min' || rolling === 'max'

function findingsOf(table: TableShape, params: LagsParams): NodeFinding[] {
  const sources = sourceColumns(table, params)
  const order = params.orderBy.map(({ column }) => column)
  const bySource = (index: number): string => (params.columns.length > 0 ? `columns.${index}` : 'columns')
  const byPartition = (index: number): string => `partitionBy.${index}`
  const byOrder = (index: number): string => `orderBy.${index}.column`
  const names = [
    ...table.columns.map(({ name }) => ({ name, param: undefined })),
    ...addedColumns(table, params).map(({ name }) => ({ name, param: 'columns' })),
  ]
  const calculates = params.windows.length > 0 && params.functions.some((rolling) => !isExtreme(rolling))
  return [
    ...encodedColumns(table, 'table'),
    ...(sources.length === 0 ? [noSource] : []),
    ...unknownColumns({ table, names: sources, param: bySource }),
    ...repeatedNames(sources, bySource),
    ...encodedNames(table, sources, bySource),
    ...(calculates ? sources.flatMap((name, index) => notNumeric(table, name, bySource(index))) : []),
    ...unknownColumns({ table, names: params.partitionBy, param: byPartition }),
    ...repeatedNames(params.partitionBy, byPartition),
    ...unknownColumns({ table, names: order, param: byOrder }),
    ...repeatedNames(order, byOrder),
    ...peeks(params),
    ...takenNames(names).filter(({ param }) => param !== undefined),
  ]
}

const noSource: NodeFinding = {
  code: 'missing-column',
  severity: 'error',
  message: 'The table has no target, so it must be said whose earlier values become features.',
  remedy: 'Choose one or more columns.',
  param: 'columns',
}

function peeks({ lags, horizon }: LagsParams): NodeFinding[] {
  return lags.flatMap((lag, index) => {
    if (lag >= horizon) return []
    return [
      {
        code: 'peeks-ahead',
        severity: 'error' as const,
        message: `A lag of ${lag} is within the horizon of ${horizon} rows: it is not known yet when the answer is needed.`,
        remedy: `Choose a lag of at least ${horizon}, or a shorter horizon.`,
        param: `lags.${index}`,
      },
    ]
  })
}
