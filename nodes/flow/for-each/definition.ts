import { z } from 'zod'
import { columnNamed, unknownTable, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumn } from '../../../src/core/unknown-column.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customers, splitCustomers } from '../../example-tables.ts'
import { encodedColumns, encodedNames, takenNames } from '../../features/column-names.ts'

const params = z.strictObject({
  subpipeline: z.string().min(1).meta({
    title: 'Sub-pipeline',
    description: 'Its name among the sub-pipelines of this pipeline file; it runs once for each item.',
  }),
  over: z
    .enum(['groups', 'files'])
    .default('groups')
    .meta({
      title: 'Items',
      description:
        'Groups: the rows of the table that have the same value in a column; the sub-pipeline gets them as a table. ' +
        'Files: those that match a pattern; the sub-pipeline gets the path as a parameter.',
    }),
  by: z.string().default('').meta({
    title: 'Column of the groups',
    description: 'Each of its values is an item; rows without a value are one too. Not used when left empty.',
    widget: 'column',
  }),
  pattern: z.string().default('').meta({
    title: 'Pattern of the files',
    description: 'Such as `shops/*.csv`; relative to the pipeline file. Not used when left empty.',
  }),
  itemParameter: z.string().default('').meta({
    title: 'Parameter for the item',
    description:
      'The parameter of the sub-pipeline that gets the path of the file, or the value of the group. None when left empty.',
  }),
  input: z.string().default('table').meta({
    title: 'Input for the group',
    description: 'The input of the sub-pipeline that gets the rows of a group.',
  }),
  output: z.string().default('table').meta({
    title: 'Output to collect',
    description: 'The output of the sub-pipeline whose tables are put under one another.',
  }),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .meta({
      title: 'Values',
      description: 'Values of the other parameters of the sub-pipeline, the same for every item.',
    }),
  itemColumn: z.string().default('item').meta({
    title: 'Column of the item',
    description: 'Name of a text column that says which item a row came from. None when left empty.',
  }),
  onFailure: z
    .enum(['stop', 'continue'])
    .default('stop')
    .meta({
      title: 'When an item fails',
      description:
        'Stop: the step fails with the first item that does. Continue: the results of the others are collected, and ' +
        'the report names the items that failed.',
    }),
  maximumItems: z.int().min(1).max(10_000).default(1000).meta({
    title: 'Most items',
    description: 'With more the step fails before the first of them runs.',
    unit: 'items',
  }),
})
export type ForEachParams = z.output<typeof params>

export const forEach = defineNode({
  id: 'flow.for-each',
  version: 1,
  title: 'For each',
  summary: 'Runs a sub-pipeline for each of several files or groups, and collects the results.',
  description:
    'Items run side by side, as many as there are cores. Each step of each item is stored as any other: it is called ' +
    '`shops[jena.csv]/impute`, can be explained by `runs why`, and is not repeated while nothing changes. An item that ' +
    'is added later runs alone. A run that was cancelled, or killed, goes on with the items that are left.\n\n' +
    'The results are put under one another, in the order of the items: groups by their first row, files by name. ' +
    'Columns that an item lacks have no values there. A step inside may not change anything outside the pipeline, such ' +
    'as write a file: do that with what was collected.',
  keywords: [
    'loop',
    'map',
    'iterate',
    'foreach',
    'groups',
    'partition',
    'batch',
    'per group',
    'many models',
    'parallel',
  ],
  inputs: {
    table: {
      type: 'table',
      title: 'Table',
      description: 'The table whose groups are the items.',
      optional: true,
    },
  },
  outputs: {
    table: { type: 'table', title: 'Results', description: 'The results of all items, under one another.' },
    report: { type: 'report', title: 'Items', description: 'What came of each item.' },
  },
  params,
  failures: {
    'no-items': {
      kind: 'user',
      message: 'There is no item: {reason}.',
      remedy: 'Check the pattern, or the table.',
    },
    'too-many-items': {
      kind: 'user',
      message: 'There are more than {limit} items, which is the most that is allowed.',
      remedy: 'Raise “Most items”, or put several into one.',
    },
    'item-failed': {
      kind: 'user',
      message: 'The item “{item}” failed: {problem}',
      remedy: 'Mend the item, or let the step continue when an item fails.',
    },
    'all-failed': {
      kind: 'user',
      message: 'All {count} items failed; the first, “{item}”: {problem}',
      remedy: 'See the errors of the items.',
    },
    'no-result': {
      kind: 'user',
      message: 'The sub-pipeline gave no table at “{output}” for the item “{item}”.',
      remedy: 'Name an output of the sub-pipeline that is a table.',
    },
  },
  examples: [
    {
      title: 'Customers by plan',
      params: { subpipeline: 'prepare', by: 'plan' },
      inputs: { table: customers },
    },
    {
      title: 'Each churn for itself, without a column of it',
      params: { subpipeline: 'prepare', by: 'churn', itemColumn: '', onFailure: 'continue' },
      inputs: { table: splitCustomers },
    },
  ],
  effect: 'pure',
  runsSubpipeline: ({ over, subpipeline, input, parameters, itemParameter, output }) => ({
    subpipeline,
    inputs: over === 'groups' ? { [input]: 'table' } : {},
    parameters,
    itemParameters: itemParameter === '' ? [] : [itemParameter],
    outputs: [output],
  }),
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params, probed }) {
    const result = (probed?.['table'] as TableShape | undefined) ?? unknownTable
    return {
      outputs: { table: withItem(result, params), report: { kind: 'report' } },
      findings: [
        ...(params.over === 'groups' ? groupFindings(table, params) : fileFindings(params)),
        ...resultFindings(result, params),
      ],
    }
  },
})

/** What would keep the results of items from being put under one another. */
function resultFindings(result: TableShape, { itemColumn }: ForEachParams): NodeFinding[] {
  const names = result.columns.map(({ name }) => ({ name, param: undefined }))
  const taken = itemColumn === '' ? [] : takenNames([...names, { name: itemColumn, param: 'itemColumn' }])
  const encoded = encodedColumns(result, 'table').map(({ code, severity, message, remedy }): NodeFinding => ({
    code,
    severity,
    message,
    remedy,
    param: 'output',
  }))
  return [...taken, ...encoded]
}

function withItem(result: TableShape, { itemColumn }: ForEachParams): TableShape {
  if (!result.known) return unknownTable
  const columns = result.columns.map((column) => ({ ...column, origin: 'start' as const }))
  const item = { name: itemColumn, type: 'text', role: 'ignore', origin: 'start' } as const
  return { ...result, columns: itemColumn === '' ? columns : [...columns, item] }
}

function groupFindings(table: TableShape | undefined, { by }: ForEachParams): NodeFinding[] {
  if (!table)
    return [
      {
        code: 'missing-input',
        severity: 'error',
        message: 'Groups are those of a table, and none is connected.',
        remedy: 'Connect a table, or go over files.',
        port: 'table',
      },
    ]
  if (by === '')
    return [missing('by', 'No column is chosen whose values are the groups.', 'Choose a column.')]
  if (!table.known) return []
  if (!columnNamed(table, by))
    return [{ ...unknownColumn(by, table.columns), severity: 'error', param: 'by' }]
  return encodedNames(table, [by], () => 'by')
}

function fileFindings({ pattern, itemParameter }: ForEachParams): NodeFinding[] {
  return [
    ...(pattern === ''
      ? [missing('pattern', 'No pattern is given for the files.', 'Give one, such as “*.csv”.')]
      : []),
    ...(itemParameter === ''
      ? [
          missing(
            'itemParameter',
            'The sub-pipeline is not told which file to read.',
            'Name the parameter of the sub-pipeline that is the path.',
          ),
        ]
      : []),
  ]
}

const missing = (param: string, message: string, remedy: string): NodeFinding => ({
  code: 'bad-parameter',
  severity: 'error',
  message,
  remedy,
  param,
})
