import { z } from 'zod'
import type { Column } from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { chosenNames, emptyRule, placeInSelection } from '../../../src/node-kit/chosen-names.ts'
import { columnSelection } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
import { customersCsv } from '../../example-tables.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'numeric', except: [] }).meta({
    title: 'Columns',
    description: 'The columns that are multiplied. By rule, features alone.',
    widget: 'columns',
  }),
  degree: z
    .union([z.literal(2), z.literal(3)])
    .default(2)
    .meta({
      title: 'Degree',
      description: 'How many factors a product has at most.',
    }),
  interactionsOnly: z.boolean().default(false).meta({
    title: 'Different columns only',
    description: 'Leaves out powers: products in which a column comes more than once.',
  }),
  name: z.string().min(1).default('polynomial').meta({
    title: 'Name',
    description: 'Of the vector column that holds the products.',
  }),
})
export type PolynomialNodeParams = z.output<typeof params>

export const polynomial = defineNode({
  id: 'features.polynomial',
  version: 1,
  title: 'Multiply features',
  summary: 'Adds powers and products of numbers, so that a linear model can bend.',
  description:
    'The products become the elements of one vector column, in the order of scikit-learn’s PolynomialFeatures; the columns ' +
    'themselves stay. Twenty columns have 210 products of degree 2 and 1 750 of degree 3. Each row is computed by itself, ' +
    'a missing factor makes a missing product. Scale before, so that products do not differ by orders of magnitude. ' +
    'Trees do not need this step.',
  keywords: ['PolynomialFeatures', 'power', 'square', 'cubic', 'cross terms', 'nonlinear', 'quadratic'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with the products.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Squares and product of months and spend',
      params: { columns: ['months', 'spend'] },
      inputs: { table: { csv: customersCsv(20) } },
    },
    {
      title: 'Products of three different measures',
      params: { degree: 3, interactionsOnly: true, name: 'volumes' },
      inputs: { table: { csv: 'height,width,depth\n1,2,3\n4,,6\n7,8,9.5\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const { names, steps } = polynomialSteps(table, params)
    const after = transformShape(table, steps, placeInSelection(params.columns, steps))
    return {
      outputs: { table: after.table },
      findings: [...emptyRule(table, params.columns, names), ...after.findings],
    }
  },
})

/** The columns that are multiplied here, and the step of the recipe, if there are any. */
export function polynomialSteps(
  table: { columns: readonly Column[] },
  { columns, degree, interactionsOnly, name }: PolynomialNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, columns, ({ type }) => type === 'number' || type === 'integer')
  if (names.length === 0) return { names, steps: [] }
  const params = { columns: [...names], degree, interactionsOnly, name }
  return { names, steps: [{ transform: 'polynomial', params }] }
}
