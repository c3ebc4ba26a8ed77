import { z } from 'zod'
import type { TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customers, customersCsv } from '../../example-tables.ts'
import { comparedColumns } from './compared-columns.ts'

const params = z.strictObject({
  key: z.array(z.string()).default([]).meta({
    title: 'Key',
    description:
      'The columns that together name a row. Without any, whole rows are compared, wherever they stand.',
    widget: 'columns',
  }),
  ignore: z.array(z.string()).default([]).meta({
    title: 'Ignore',
    description: 'Columns whose values are not compared.',
    widget: 'columns',
  }),
  tolerance: z.number().min(0).default(0).meta({
    title: 'Tolerance',
    description: 'With a key: numbers that differ by no more count as equal.',
  }),
  distanceLimit: z.number().min(0).max(1).default(0.1).meta({
    title: 'Distance of distributions',
    description:
      'A column whose values are distributed more differently gives a warning. 0 is the same, 1 nothing in common.',
    widget: 'slider',
  }),
  severity: z
    .enum(['none', 'warning', 'error'])
    .default('none')
    .meta({
      title: 'Where they differ',
      description:
        'What becomes of the run where columns or rows differ, or a distribution by more than its limit: nothing besides ' +
        'the report, a warning, or an error, which fails the step and keeps the report.',
    }),
  shown: z.int().min(0).max(1000).default(20).meta({
    title: 'Rows shown',
    description: 'How many rows of each kind of difference stand in the report.',
    unit: 'rows',
  }),
})
export type CompareParams = z.output<typeof params>

export const compare = defineNode({
  id: 'validation.compare',
  version: 1,
  title: 'Compare tables',
  summary: 'Reports how two tables differ: columns, rows, values and distributions.',
  description:
    'Rows are matched by a key, or as a whole. A missing value equals a missing value; a whole number equals the same ' +
    'number. Columns of different types are reported, but their values are not compared. Every row is looked at, whatever ' +
    'its split.\n\n' +
    'The distance of two distributions is the greatest difference between their cumulative shares (Kolmogorov–Smirnov) for ' +
    'numbers and times, and half of the summed differences of shares (total variation) for texts and booleans, in both ' +
    'cases without missing values. It comes from sketches: exact up to 2,047 numbers or 1,024 different texts, else off by ' +
    'about half a percent for numbers, and for texts a rarer value is counted among all that are rare.',
  keywords: [
    'diff',
    'difference',
    'drift',
    'changes',
    'reconcile',
    'before and after',
    'data versions',
    'regression test',
  ],
  inputs: {
    before: { type: 'table', title: 'Before', description: 'The table that is compared with.' },
    after: { type: 'table', title: 'After', description: 'The table that may differ.' },
  },
  outputs: { report: { type: 'report', title: 'Report', description: 'The differences.' } },
  params,
  failures: {
    different: {
      kind: 'user',
      message: 'The tables differ: {differences}.',
      remedy:
        'Look at the report (`pipewright runs show latest {node}`), then mend the data, or let differences only warn.',
    },
    'repeated-key': {
      kind: 'user',
      message: '{count} rows of the table “{table}” share their key {key} with another row.',
      remedy: 'Add columns that tell the rows apart, or drop duplicates before this step.',
    },
  },
  examples: [
    {
      title: 'Customers by their number',
      params: { key: ['customer'], tolerance: 0.01 },
      inputs: {
        before: customers,
        after: { csv: customersCsv(62).replace('basic', 'plus').replace('C003', 'C999') },
      },
    },
    {
      title: 'A run that ends where anything differs',
      params: { severity: 'error' },
      inputs: {
        before: { csv: 'shop,sales\nJena,12\nGera,9\n' },
        after: { csv: 'shop,sales\nGera,9\nJena,12\n' },
      },
    },
    {
      title: 'Whole rows',
      params: {},
      inputs: {
        before: { csv: 'shop,sales\nJena,12\nGera,9\n' },
        after: { csv: 'shop,sales\nGera,9\nJena,13\nUlm,4\n' },
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  paramsForSample: (params) => ({ ...params, severity: 'warning' as const }),
  propagate: ({ inputs: { before, after }, params }) => ({
    outputs: { report: { kind: 'report' } },
    findings: before.known && after.known ? findingsOf(before, after, params) : [],
  }),
})

function findingsOf(before: TableShape, after: TableShape, { key, ignore }: CompareParams): NodeFinding[] {
  const param = (index: number): string => `key.${index}`
  const unknown = [before, after].flatMap((table) => unknownColumns({ table, names: key, param }))
  const { matched } = comparedColumns(before, after, [])
  const misfits = key.flatMap((name, index): NodeFinding[] => {
    const isThere = [before, after].every(({ columns }) => columns.some((column) => column.name === name))
    if (!isThere || matched.some((column) => column.before.name === name)) return []
    return [
      {
        code: 'wrong-type',
        severity: 'error',
        message: `The values of “${name}” in the two tables cannot be compared.`,
        remedy: 'Give both one type with “Cast types”, or choose another key.',
        param: param(index),
      },
    ]
  })
  const both = { columns: [...before.columns, ...after.columns], known: true }
  const ignored = unknownColumns({ table: both, names: ignore, param: (index) => `ignore.${index}` })
  return [...unknown.slice(0, 1), ...misfits, ...ignored]
}
