import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { splitNumbers } from '../../example-tables.ts'
import { featureFindings } from '../learner-findings.ts'

const params = z.strictObject({
  fewest: z.int().min(1).max(500).default(2).meta({
    title: 'Fewest clusters',
    description: 'The first number of clusters that is tried.',
    unit: 'clusters',
  }),
  most: z.int().min(1).max(500).default(8).meta({
    title: 'Most clusters',
    description: 'The last number of clusters that is tried; equal to the fewest where the number is known.',
    unit: 'clusters',
  }),
  chooseBy: z
    .enum(['silhouette', 'elbow'])
    .default('silhouette')
    .meta({
      title: 'Choose by',
      description:
        'Silhouette: clusters that are far apart for their width. Elbow: the number from which on more clusters bring ' +
        'rows little nearer to their centers.',
    }),
  starts: z.int().min(1).max(100).default(5).meta({
    title: 'Starts',
    description: 'How often clusters are sought from other starting centers; the best outcome counts.',
    unit: 'starts',
  }),
  iterations: z.int().min(1).max(10_000).default(300).meta({
    title: 'Iterations',
    description: 'How often centers are moved at most.',
    unit: 'iterations',
  }),
  sampleRows: z.int().min(100).max(1_000_000).default(20_000).meta({
    title: 'Rows in the sample',
    description:
      'Clusters are first sought in so many train rows, which memory holds, and then moved by all of them.',
    unit: 'rows',
  }),
})
export type KMeansParams = z.output<typeof params>

export const kMeans = defineNode({
  id: 'training.k-means',
  version: 1,
  title: 'K-means clusters',
  summary: 'Finds groups of like rows, without any answers to learn from.',
  description:
    'Every row belongs to the nearest of some centers, each the mean of its rows (k-means++, Lloyd). The model answers with ' +
    'the cluster of a row, “1” being the largest of the train rows, and with its distance from every center; “Predict” ' +
    'gives “cluster” and “distance”. The number of clusters is the best of a range: the report shows inertia and silhouette ' +
    'of each.\n\n' +
    'Distances weigh all features alike, so scale them before this step. Missing values have to be imputed. The target, if ' +
    'there is one, and weights are not used.',
  keywords: [
    'clustering',
    'segmentation',
    'groups',
    'unsupervised',
    'KMeans',
    'elbow',
    'silhouette',
    'centroid',
  ],
  inputs: { table: { type: 'table', title: 'Table', description: 'With features; train rows are used.' } },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'From the columns of the source to the cluster.' },
    report: { type: 'report', title: 'Report', description: 'The clusters, and what other numbers come to.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'Kinds of customers',
      params: { most: 4 },
      inputs: { table: { ...splitNumbers, roles: { churn: 'ignore' } } },
    },
    {
      title: 'Three clusters by the elbow',
      params: { fewest: 1, most: 5, chooseBy: 'elbow', starts: 2 },
      inputs: { table: splitNumbers },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate(context) {
    const { table } = context.inputs
    return {
      outputs: {
        model: { kind: 'model', task: 'clustering', answers: 'clusters', target: null },
        report: { kind: 'report' },
      },
      findings: [...rangeFindings(context.params), ...(table.known ? featureFindings(table, context) : [])],
    }
  },
})

function rangeFindings({ fewest, most }: KMeansParams): NodeFinding[] {
  if (fewest <= most) return []
  return [
    {
      code: 'empty-range',
      severity: 'error',
      message: `No number of clusters is at least ${fewest} and at most ${most}.`,
      remedy: 'Raise the most clusters, or lower the fewest.',
      param: 'most',
    },
  ]
}
