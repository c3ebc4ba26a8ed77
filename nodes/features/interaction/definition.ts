import { z } from 'zod'
import { columnNamed, type Column, type TableShape } from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
import { customersCsv } from '../../example-tables.ts'

const pair = z.strictObject({
  left: z.string().meta({ title: 'Left', description: 'The first column.', widget: 'column' }),
  right: z.string().meta({ title: 'Right', description: 'The second column.', widget: 'column' }),
  operation: z
    .enum(['product', 'ratio', 'difference', 'cross'])
    .default('product')
    .meta({
      title: 'Operation',
      description:
        'Product, ratio and difference of numbers, the first by or less the second. Cross: two texts as one, for ' +
        'categories that mean something together.',
    }),
})
type Pair = z.output<typeof pair>

const params = z.strictObject({
  pairs: z
    .array(pair)
    .default([])
    .meta({ title: 'Pairs', description: 'The columns that are combined, and how.' }),
})
export type InteractionNodeParams = z.output<typeof params>

export const interaction = defineNode({
  id: 'features.interaction',
  version: 1,
  title: 'Combine pairs of columns',
  summary: 'Makes products, ratios and differences of numbers, and crosses categories.',
  description:
    'The new columns are called after the pair: “spend / months”, “plan × town”. A ratio by 0 has no value, nor has what is ' +
    'made of a missing one. Each row is computed by itself, so this step may stand before or after a split. What does not ' +
    'fit in here can be derived by an expression; all products at once are made by multiplying features.',
  keywords: ['feature cross', 'multiply', 'divide', 'subtract', 'quotient', 'combine', 'concatenate'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with the new columns.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Spend by month, and calls less months',
      params: {
        pairs: [
          { left: 'spend', right: 'months', operation: 'ratio' },
          { left: 'calls', right: 'months', operation: 'difference' },
        ],
      },
      inputs: { table: { csv: customersCsv(20) } },
    },
    {
      title: 'Town and kind of shop together',
      params: { pairs: [{ left: 'town', right: 'kind', operation: 'cross' }] },
      inputs: { table: { csv: 'town,kind\nJena,books\nGera,\nJena,shoes\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const problems = params.pairs.flatMap((each, index) => pairFindings(table, each, `pairs.${index}`))
    if (problems.length > 0) return { outputs: { table }, findings: problems }
    const after = transformShape(table, interactionSteps(params), (_problem, step) => `pairs.${step}`)
    const nothing = params.pairs.length === 0 ? [noPairs] : []
    return { outputs: { table: after.table }, findings: [...nothing, ...after.findings] }
  },
})

const noPairs = {
  code: 'nothing-selected',
  severity: 'warning',
  message: 'No pair is given, so this step changes nothing.',
  remedy: 'Give a pair of columns, or take the step out.',
  param: 'pairs',
} as const

function pairFindings(table: TableShape, { left, right, operation }: Pair, at: string): NodeFinding[] {
  const sides = [
    { name: left, param: `${at}.left` },
    { name: right, param: `${at}.right` },
  ]
  return sides.flatMap(({ name, param }) => {
    const column = columnNamed(table, name)
    if (!column) return unknownColumns({ table, names: [name], param: () => param })
    const problem = roleProblem(column) ?? typeProblem(column, operation)
    return problem ? [{ ...problem, severity: 'error' as const, param }] : []
  })
}

function roleProblem({ name, role }: Column) {
  if (role !== 'target') return undefined
  return {
    code: 'target-as-feature',
    message: `“${name}” is the target, so what is made of it gives the answer away.`,
    remedy: 'Choose another column, or make the new one before the target is set.',
  }
}

function typeProblem({ name, type }: Column, operation: Pair['operation']) {
  const fits = operation === 'cross' ? type === 'text' : type === 'number' || type === 'integer'
  if (fits) return undefined
  return operation === 'cross'
    ? {
        code: 'wrong-type',
        message: `The column “${name}” holds no text: only texts are crossed.`,
        remedy: 'Choose a column of texts, or cast this one to text before.',
      }
    : {
        code: 'wrong-type',
        message: `The column “${name}” holds no numbers, so it has no ${operation}.`,
        remedy: 'Choose a column of numbers, or cross two texts.',
      }
}

const signs = { product: '*', ratio: '/', difference: '-' } as const

/** The steps of the recipe: a derived column for each pair. */
export function interactionSteps({ pairs }: InteractionNodeParams): TransformStep[] {
  return pairs.map(({ left, right, operation }) => {
    const [a, b] = [quoted(left), quoted(right)]
    const [column, expression] =
      operation === 'cross'
        ? [`${left} × ${right}`, `concat(${a}, ' × ', ${b})`]
        : [`${left} ${signs[operation]} ${right}`, `${a} ${signs[operation]} ${b}`]
    return { transform: 'derive', params: { column, expression } }
  })
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
