import { z } from 'zod'
import { columnNamed, type Column, type ColumnType, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customers } from '../../example-tables.ts'
import { encodedNames, startedHere, takenNames } from '../column-names.ts'
import { groupFindings, notNumeric } from '../group-findings.ts'
import { measureFunctions, measureType, needsNumbers } from '../measure-functions.ts'
import { mixedGroupsEntry } from '../mixed-groups-entry.ts'

const measureSchema = z.strictObject({
  function: z
    .enum(measureFunctions)
    .default('count')
    .meta({
      title: 'Function',
      description:
        'What is said of the rows of a group. Count: of the rows, or, with a column, of its values. Distinct: how many ' +
        'different values. Stdev: the standard deviation of a sample. First and last: in the order of the rows. Mode: ' +
        'the most frequent value, the smallest of several; modes: all of them, as text.',
    }),
  column: z.string().optional().meta({
    title: 'Column',
    description: 'The column that it is about; a count goes by rows when left empty.',
    widget: 'column',
  }),
  quantile: z.number().min(0).max(1).default(0.5).meta({
    title: 'Quantile',
    description: 'Of the function quantile: 0 is the smallest value, 1 the largest.',
  }),
  name: z.string().optional().meta({
    title: 'Name',
    description: 'Name of the new column; made of column and function when left empty.',
  }),
})
type MeasureParams = z.output<typeof measureSchema>

const params = z.strictObject({
  by: z.array(z.string()).default([]).meta({
    title: 'Group by',
    description: 'Rows with equal values in all of these are a group; all rows are one when left empty.',
    widget: 'columns',
  }),
  measures: z
    .array(measureSchema)
    .default([{ function: 'count', quantile: 0.5 }])
    .meta({
      title: 'Measures',
      description: 'What is computed of each group; each makes a column.',
    }),
})
export type AggregateParams = z.output<typeof params>

export const aggregate = defineNode({
  id: 'features.aggregate',
  version: 1,
  title: 'Aggregate rows',
  summary: 'Makes one row of each group: counts, sums, means and the like.',
  description:
    'Groups come out in the order of their first row. Missing values do not count, except as a group of their own; an ' +
    'infinite value counts for smallest, largest, first, last and mode alone. Sums are added up in the order of the ' +
    'rows, so they have the same digits on every machine.\n\n' +
    'The table starts a new recipe here: a model that is trained on it takes the groups as its rows. Let a split stand ' +
    'before this step and go by group, with a column that this step groups by: every group then lies in one part, and ' +
    'the outcome stays split. Without that its values are computed over rows that will test, which the check of the ' +
    'pipeline reports.',
  keywords: [
    'group by',
    'summarize',
    'summarise',
    'count',
    'average',
    'total',
    'rollup',
    'median',
    'statistics',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'One row for each group.' } },
  params,
  failures: { 'mixed-groups': mixedGroupsEntry },
  examples: [
    {
      title: 'Spend by plan',
      params: {
        by: ['plan'],
        measures: [
          { function: 'count', name: 'customers' },
          { function: 'mean', column: 'spend' },
          { function: 'stdev', column: 'spend' },
          { function: 'quantile', column: 'months', quantile: 0.9, name: 'long' },
          { function: 'modes', column: 'churn' },
        ],
      },
      inputs: { table: customers },
    },
    {
      title: 'Totals of towns that lie in one part each',
      params: {
        by: ['town'],
        measures: [
          { function: 'sum', column: 'sales' },
          { function: 'last', column: 'day' },
        ],
      },
      inputs: {
        table: {
          csv: 'town,day,sales\nJena,2026-03-01,12\nGera,2026-03-01,9.5\nJena,2026-03-02,14\nUlm,2026-03-02,3\n',
          split: ['train', 'validation', 'train', 'test'],
        },
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'all-rows',
  propagate({ inputs: { table }, params }) {
    return {
      outputs: { table: { ...table, columns: aggregatedColumns(table, params) } },
      findings: table.known ? findingsOf(table, params) : [],
    }
  },
})

/** The columns that rows were grouped by, then one for each measure. */
export function aggregatedColumns(table: { columns: readonly Column[] }, params: AggregateParams): Column[] {
  const keys = params.by.flatMap((name) => columnNamed(table, name) ?? []).map(startedHere)
  const measures = params.measures.map((measure): Column => {
    const type = measure.column === undefined ? undefined : columnNamed(table, measure.column)?.type
    return { name: measureName(measure), type: typeOf(measure, type), role: 'feature', origin: 'start' }
  })
  return [...keys, ...measures]
}

const typeOf = (measure: MeasureParams, of: ColumnType = 'number'): ColumnType =>
  measure.column === undefined ? 'integer' : measureType(measure.function, of)

function measureName({ name, function: measured, column }: MeasureParams): string {
  if (name !== undefined && name !== '') return name
  return column === undefined ? measured : `${column}_${measured}`
}

function findingsOf(table: TableShape, params: AggregateParams): NodeFinding[] {
  const names = aggregatedColumns(table, params).map(({ name }, index, all) => {
    const measure = index - (all.length - params.measures.length)
    return { name, param: measure < 0 ? undefined : `measures.${measure}.name` }
  })
  return [
    ...groupFindings(table, params.by),
    ...params.measures.flatMap((measure, index) => measureFindings(table, measure, `measures.${index}`)),
    ...takenNames(names).filter(({ param }) => param !== undefined),
    ...nothingAsked(params),
  ]
}

function measureFindings(table: TableShape, measure: MeasureParams, at: string): NodeFinding[] {
  const { column } = measure
  if (column === undefined) return measure.function === 'count' ? [] : [columnMissing(measure, at)]
  const param = (): string => `${at}.column`
  return [
    ...unknownColumns({ table, names: [column], param }),
    ...encodedNames(table, [column], param),
    ...(needsNumbers(measure.function) ? notNumeric(table, column, param()) : []),
  ]
}

function columnMissing(measure: MeasureParams, at: string): NodeFinding {
  return {
    code: 'missing-column',
    severity: 'error',
    message: `A measure by ${measure.function} needs to know the column.`,
    remedy: 'Choose a column, or count the rows.',
    param: `${at}.column`,
  }
}

function nothingAsked({ by, measures }: AggregateParams): NodeFinding[] {
  if (by.length > 0 || measures.length > 0) return []
  return [
    {
      code: 'no-columns',
      severity: 'error',
      message: 'The outcome would have no column.',
      remedy: 'Choose a measure, or columns to group by.',
      param: 'measures',
    },
  ]
}
