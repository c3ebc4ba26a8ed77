import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { customers } from '../../example-tables.ts'

const params = z.strictObject({
  correlations: z.boolean().default(true).meta({
    title: 'Correlations',
    description: 'Correlates each numeric column with each, of the first 60.',
  }),
  correlatedRows: z.int().min(100).max(1_000_000).default(100_000).meta({
    title: 'Correlated rows',
    description: 'How many rows are drawn for correlations where there are more.',
    unit: 'rows',
  }),
  mostlyMissing: z.number().min(0).max(1).default(0.5).meta({
    title: 'Mostly missing',
    description: 'A column with a larger share of missing values is suspicious.',
    widget: 'slider',
    unit: 'share',
  }),
  leakLimit: z.number().min(0).max(1).default(0.95).meta({
    title: 'Leak of the target',
    description: 'A feature that alone explains the target at least so well is suspicious; 1 is entirely.',
    widget: 'slider',
  }),
})
export type ProfileParams = z.output<typeof params>

export const profile = defineNode({
  id: 'validation.profile',
  version: 1,
  title: 'Profile a table',
  summary:
    'Reports what a table holds: values, correlations, missing values, duplicates, suspicious columns.',
  description:
    'Each column is described by counts, moments, quartiles, a histogram and its most frequent values; numeric columns, true ' +
    'and false and times are correlated by Pearson and by Spearman, pair by pair over the rows that have both. Patterns of ' +
    'missing values and rows that repeat an earlier one are counted. Every row is looked at, whatever its split; for ' +
    'correlations alone, rows are drawn where there are many.\n\n' +
    'Suspicious is a column without values or with a single one, one that is mostly missing, one whose every value is ' +
    'different (it names rows), a text with very many values, and a feature that alone explains the target: by the share of ' +
    'errors that guessing the most frequent class of its groups avoids (Goodman and Kruskal’s lambda), or how far its order ' +
    'separates two classes (|2 AUC - 1|); for a target of numbers by rank correlation or the share of variance between groups. Vectors are left out.\n\n' +
    'The step *Write report* gives it as one HTML page, and so does `pipewright runs show RUN NODE --html FILE`.',
  keywords: [
    'explore',
    'describe',
    'summary statistics',
    'eda',
    'pandas profiling',
    'correlation',
    'histogram',
    'data leakage',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { report: { type: 'report', title: 'Report', description: 'The profile.' } },
  params,
  failures: {},
  examples: [
    { title: 'Customers', params: {}, inputs: { table: customers } },
    {
      title: 'Without correlations',
      params: { correlations: false },
      inputs: { table: { csv: 'shop,day,sales\nJena,2026-01-01,12\nGera,,9\nJena,2026-01-01,12\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate: () => ({ outputs: { report: { kind: 'report' } } }),
})
