import { z } from 'zod'
import { columnNamed, type Column, type ColumnType, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { encodedNames, startedHere, takenNames } from '../column-names.ts'
import { groupFindings, notNumeric } from '../group-findings.ts'
import { measureFunctions, measureType, needsNumbers } from '../measure-functions.ts'
import { mixedGroupsEntry } from '../mixed-groups-entry.ts'

const params = z.strictObject({
  by: z.array(z.string()).default([]).meta({
    title: 'Group by',
    description: 'Rows with equal values in all of these become one row; all rows do when left empty.',
    widget: 'columns',
  }),
  namesFrom: z.string().meta({
    title: 'Names from',
    description: 'The column whose values become columns.',
    widget: 'column',
  }),
  names: z
    .array(z.string().min(1))
    .default([])
    .meta({
      title: 'Names',
      description:
        'The values that become columns, in this order; rows with another value do not count. All values that there ' +
        'are when left empty: which columns come out is then known only after a run.',
    }),
  function: z.enum(measureFunctions).exclude(['quantile']).default('count').meta({
    title: 'Function',
    description: 'What is said of the rows that come together in one place.',
  }),
  values: z.string().optional().meta({
    title: 'Values',
    description: 'The column that it is about; rows are counted when left empty.',
    widget: 'column',
  }),
  prefix: z.string().default('').meta({
    title: 'Prefix',
    description: 'What stands before each value in the name of its column.',
  }),
  maximumColumns: z.int().min(1).default(500).meta({
    title: 'Most columns',
    description: 'The step fails where there are more values than this.',
    unit: 'columns',
  }),
})
export type PivotParams = z.output<typeof params>

const sales = 'shop,year,sales\nJena,2025,12\nGera,2025,9\nJena,2026,14.5\nJena,2026,2\nUlm,2026,3\nGera,,1\n'

export const pivot = defineNode({
  id: 'features.pivot',
  version: 1,
  title: 'Pivot rows',
  summary: 'Turns the values of a column into columns, one row for each group.',
  description:
    'Groups come out in the order of their first row; columns, where they are not named, in the order of the values. ' +
    'A group without a row for a value has no value there, or a count of 0. Rows without a value in the column that ' +
    'the names come from only make a group.\n\n' +
    'Name the values where a model follows: then the same columns come out of any data, and are known before a run. ' +
    'The table starts a new recipe here. Let a split stand before this step and go by group, with a column that this ' +
    'step groups by: every group then lies in one part. Without that the outcome is computed over rows that will ' +
    'test, which the check of the pipeline reports.',
  keywords: [
    'crosstab',
    'cross table',
    'long to wide',
    'spread',
    'unstack',
    'reshape',
    'pivot table',
    'dcast',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'One row for each group.' } },
  params,
  failures: {
    'mixed-groups': mixedGroupsEntry,
    'too-many-columns': {
      kind: 'user',
      message: '“{column}” has {count} different values; at most {limit} may become columns.',
      remedy: 'Name the values that matter, choose a column with fewer values, or allow more columns.',
    },
    'name-taken': {
      kind: 'user',
      message: 'Two columns of the outcome would be called “{name}” (capital letters make no difference).',
      remedy: 'Give a prefix, or name the values that become columns.',
    },
  },
  examples: [
    {
      title: 'Sales by year',
      params: {
        by: ['shop'],
        namesFrom: 'year',
        names: ['2025', '2026'],
        function: 'sum',
        values: 'sales',
        prefix: 'sales ',
      },
      inputs: { table: { csv: sales } },
    },
    {
      title: 'Rows by shop and year',
      params: { by: ['shop'], namesFrom: 'year' },
      inputs: { table: { csv: sales } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'all-rows',
  propagate({ inputs: { table }, params }) {
    const known = table.known && params.names.length > 0
    const columns = known ? pivotedColumns(table, params, params.names) : []
    return {
      outputs: { table: { ...table, columns, known } },
      findings: table.known ? findingsOf(table, params) : [],
    }
  },
})

/** The columns that rows were grouped by, then one for each of the values. */
export function pivotedColumns(
  table: { columns: readonly Column[] },
  params: PivotParams,
  names: readonly string[],
): Column[] {
  const keys = params.by.flatMap((name) => columnNamed(table, name) ?? []).map(startedHere)
  const of = params.values === undefined ? undefined : columnNamed(table, params.values)?.type
  const type: ColumnType =
    params.values === undefined ? 'integer' : measureType(params.function, of ?? 'number')
  return [
    ...keys,
    ...names.map((name): Column => ({ name: params.prefix + name, type, role: 'feature', origin: 'start' })),
  ]
}

function findingsOf(table: TableShape, params: PivotParams): NodeFinding[] {
  const columns = pivotedColumns(table, params, params.names)
  const names = columns.map(({ name }, index) => {
    const place = index - (columns.length - params.names.length)
    return { name, param: place < 0 ? undefined : `names.${place}` }
  })
  const namesFrom = (): string => 'namesFrom'
  return [
    ...groupFindings(table, params.by),
    ...unknownColumns({ table, names: [params.namesFrom], param: namesFrom }),
    ...encodedNames(table, [params.namesFrom], namesFrom),
    ...valuesFindings(table, params),
    ...takenNames(names).filter(({ param }) => param !== undefined),
  ]
}

function valuesFindings(table: TableShape, { function: measured, values }: PivotParams): NodeFinding[] {
  const param = (): string => 'values'
  if (values !== undefined) {
    return [
      ...unknownColumns({ table, names: [values], param }),
      ...encodedNames(table, [values], param),
      ...(needsNumbers(measured) ? notNumeric(table, values, 'values') : []),
    ]
  }
  if (measured === 'count') return []
  return [
    {
      code: 'missing-column',
      severity: 'error',
      message: `A pivot by ${measured} needs to know the column of the values.`,
      remedy: 'Choose the column, or count the rows.',
      param: 'values',
    },
  ]
}
