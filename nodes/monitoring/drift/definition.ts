import { z } from 'zod'
import type { Column, TableShape } from '../../../src/core/columns.ts'
import { categoryMethods, numberMethods } from '../../../src/core/drift-methods.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customers, customersCsv } from '../../example-tables.ts'
import { partFindings } from '../../part-findings.ts'
import { comparedColumns } from '../../validation/compare/compared-columns.ts'

const rows = z.enum(['all', 'train', 'validation', 'test'])

const params = z.strictObject({
  columns: z.array(z.string()).default([]).meta({
    title: 'Columns',
    description:
      'The columns that are watched; when left empty all that both tables have, but for ids and ignored ones.',
    widget: 'columns',
  }),
  referenceRows: rows.default('all').meta({
    title: 'Rows of the reference',
    description: 'Which rows of the reference count: its train rows are what a model has learned from.',
  }),
  currentRows: rows.default('all').meta({
    title: 'Current rows',
    description: 'Which rows of the current table count.',
  }),
  numberMethod: z
    .enum(['auto', ...numberMethods])
    .default('auto')
    .meta({
      title: 'Method for numbers',
      description:
        'Auto: Kolmogorov–Smirnov up to 1,000 reference rows, beyond that the Wasserstein distance in standard deviations; ' +
        'numbers with at most five values are counted as categories.',
    }),
  categoryMethod: z
    .enum(['auto', ...categoryMethods])
    .default('auto')
    .meta({
      title: 'Method for categories',
      description:
        'Auto: chi-square (of two values: two proportions) up to 1,000 reference rows, beyond that the Jensen–Shannon ' +
        'distance.',
    }),
  significance: z.number().gt(0).lt(1).default(0.05).meta({
    title: 'Significance',
    description: 'Tests: a column has drifted when its p-value is smaller.',
  }),
  distanceLimit: z.number().positive().default(0.1).meta({
    title: 'Distance',
    description: 'Distances: a column has drifted when it is at least so far away.',
  }),
  adjust: z
    .boolean()
    .default(false)
    .meta({
      title: 'Correct for many columns',
      description:
        'Tests: raises p-values by the rule of Benjamini and Hochberg, so that of the columns said to have drifted few are ' +
        'false alarms, however many are watched.',
    }),
  share: z.number().gt(0).max(1).default(0.5).meta({
    title: 'Share of columns',
    description: 'The table as a whole has drifted when at least this share of the columns has.',
    widget: 'slider',
  }),
  severity: z.enum(['report', 'warning', 'error']).default('warning').meta({
    title: 'Severity',
    description:
      'When the table as a whole has drifted: report it only, warn, or fail the step and keep the report.',
  }),
})
export type DriftParams = z.output<typeof params>

export const drift = defineNode({
  id: 'monitoring.drift',
  version: 1,
  title: 'Find drift',
  summary: 'Tells which columns are distributed otherwise than in a reference.',
  description:
    'A model is as good as its test metrics only while the rows it meets are like those it learned from. This step ' +
    'compares each column of a table with a reference by a statistical test or a distance, and the table as a whole by the ' +
    'share of columns that have drifted. Missing values and what is infinite do not count in a distribution; how many are ' +
    'missing is compared by a test of its own.\n\n' +
    'Methods and thresholds are chosen by type, number of values and number of rows as Evidently chooses them. A test ' +
    'asks whether a difference can be chance, so with many rows it finds every small one; a distance asks how large it ' +
    'is.',
  keywords: [
    'data drift',
    'covariate shift',
    'distribution',
    'psi',
    'kolmogorov',
    'monitor',
    'stability',
    'evidently',
  ],
  inputs: {
    reference: {
      type: 'table',
      title: 'Reference',
      description: 'How things were: the table a model was trained on.',
    },
    current: { type: 'table', title: 'Current', description: 'How things are now.' },
  },
  outputs: {
    report: {
      type: 'report',
      title: 'Report',
      description: 'Each column with its distance and both distributions.',
    },
  },
  params,
  failures: {
    drifted: {
      kind: 'user',
      message: '{count} of {total} columns have drifted: {columns}.',
      remedy:
        'Look at the report (`pipewright runs show latest {node}`); train anew on recent rows, or mend the data where a ' +
        'source has changed.',
    },
  },
  examples: [
    {
      title: 'The same customers',
      params: { columns: ['plan', 'months', 'spend'] },
      inputs: { reference: customers, current: { csv: customersCsv(45) } },
    },
    {
      title: 'Prices went up',
      params: { numberMethod: 'population-stability-index', distanceLimit: 0.25, adjust: true, share: 0.2 },
      inputs: {
        reference: customers,
        current: { csv: customersCsv().replaceAll(/,(\d\d)(\.\d\d),/g, ',1$1$2,') },
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate: ({ inputs: { reference, current }, params }) => ({
    outputs: { report: { kind: 'report' } },
    findings: [
      ...partFindings(reference, params.referenceRows).map((finding) =>
        Object.assign(finding, { port: 'reference' }),
      ),
      ...partFindings(current, params.currentRows).map((finding) =>
        Object.assign(finding, { port: 'current' }),
      ),
      ...(reference.known && current.known ? columnFindings(reference, current, params) : []),
    ],
  }),
})

/** The columns that are compared: in the reference’s order. */
export function watchedColumns(
  reference: { columns: readonly Column[] },
  current: { columns: readonly Column[] },
  { columns }: DriftParams,
): Column[] {
  const matched = comparedColumns(reference, current, []).matched.map(({ before }) => before)
  return columns.length > 0
    ? matched.filter(({ name }) => columns.includes(name))
    : matched.filter(({ role }) => role !== 'id' && role !== 'ignore' && role !== 'time')
}

function columnFindings(reference: TableShape, current: TableShape, params: DriftParams): NodeFinding[] {
  const unknown = [reference, current].flatMap((table) =>
    unknownColumns({ table, names: params.columns, param: (index) => `columns.${index}` }),
  )
  if (unknown.length > 0) return unknown.slice(0, 1)
  const watched = watchedColumns(reference, current, params)
  const misfit = params.columns.find((name) => !watched.some((column) => column.name === name))
  if (misfit !== undefined)
    return [
      {
        code: 'wrong-type',
        severity: 'error',
        message: `The values of “${misfit}” in the two tables cannot be compared.`,
        remedy: 'Give both one type with “Cast types”, or leave the column out.',
        param: `columns.${params.columns.indexOf(misfit)}`,
      },
    ]
  if (watched.length > 0) return []
  return [
    {
      code: 'no-columns',
      severity: 'error',
      message: 'The two tables have no column in common that could be compared.',
      remedy: 'Connect tables with columns of the same names and types.',
      port: 'current',
    },
  ]
}
