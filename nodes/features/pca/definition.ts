import { z } from 'zod'
import type { Column } from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { chosenNames, emptyRule, placeInSelection } from '../../../src/node-kit/chosen-names.ts'
import { columnSelection } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
import { splitCustomers } from '../../example-tables.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'numeric', except: [] }).meta({
    title: 'Columns',
    description: 'The columns whose components are taken. By rule, numeric features alone; vectors by name.',
    widget: 'columns',
  }),
  number: z.enum(['share', 'count']).default('share').meta({
    title: 'How many',
    description: 'Share: as many as explain that share of the variance. Count: a fixed number.',
  }),
  share: z.number().gt(0).lt(1).default(0.95).meta({
    title: 'Explained share',
    description: 'Share: how much of the variance of the train rows the components explain together.',
    widget: 'slider',
    unit: 'share',
  }),
  count: z.int().min(1).default(2).meta({
    title: 'Components',
    description: 'Count: how many there are, at most as many as there are columns.',
    unit: 'components',
  }),
  name: z.string().min(1).default('component').meta({
    title: 'Name',
    description: 'Of the vector column that holds the components.',
  }),
  keep: z.boolean().default(false).meta({
    title: 'Keep the columns',
    description: 'Whether the columns stay beside their components.',
  }),
})
export type PcaNodeParams = z.output<typeof params>

export const pca = defineNode({
  id: 'features.pca',
  version: 1,
  title: 'Principal components',
  summary: 'Replaces numbers that vary together by fewer components.',
  description:
    'Columns are centered but not scaled, as in scikit-learn’s PCA: scale before, or the column with the largest numbers ' +
    'decides alone. Rows with a missing value are not learned from and have no components, so impute before. The ' +
    'largest weight of each component is positive. The components become one vector column; its elements are numbered ' +
    'in the order of the variance they explain.',
  keywords: [
    'PCA',
    'dimensionality reduction',
    'eigenvectors',
    'SVD',
    'decorrelate',
    'whitening',
    'embedding',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with the components.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'One component of months and spend',
      params: { columns: ['months', 'spend'], number: 'count', count: 1 },
      inputs: { table: splitCustomers },
    },
    {
      title: 'As many as explain most of it',
      params: { share: 0.9, keep: true },
      inputs: { table: { csv: 'a,b,c\n1,2,3\n2,4.1,1\n3,6,2\n4,7.9,9\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate({ inputs: { table }, params }) {
    const { names, steps } = pcaSteps(table, params)
    const after = transformShape(table, steps, placeInSelection(params.columns, steps))
    return {
      outputs: { table: after.table },
      findings: [...emptyRule(table, params.columns, names), ...after.findings],
    }
  },
})

/** The columns whose components are taken here, and the step of the recipe, if there are any. */
export function pcaSteps(
  table: { columns: readonly Column[] },
  { columns, number, share, count, name, keep }: PcaNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, columns, ({ type }) => type === 'number' || type === 'integer')
  if (names.length === 0) return { names, steps: [] }
  const params = { columns: [...names], components: number === 'share' ? share : count, name, keep }
  return { names, steps: [{ transform: 'pca', params }] }
}
