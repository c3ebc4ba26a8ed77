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
    description: 'The columns whose logarithms are taken. By rule, features alone.',
    widget: 'columns',
  }),
  method: z
    .enum(['log1p', 'log', 'signed'])
    .default('log1p')
    .meta({
      title: 'Method',
      description:
        'Log1p: the logarithm of 1 + x, for counts and amounts that may be 0. Log: that of x. Signed: that of 1 + |x| ' +
        'with the sign of x, for numbers on both sides of 0.',
    }),
  base: z.enum(['e', '2', '10']).default('e').meta({
    title: 'Base',
    description: 'Of the logarithm: e for the natural one.',
  }),
})
export type LogNodeParams = z.output<typeof params>

export const log = defineNode({
  id: 'features.log',
  version: 1,
  title: 'Take logarithms',
  summary: 'Takes logarithms of skewed numbers such as amounts and counts.',
  description:
    'Numbers that have no logarithm become missing values: 0 and below with the method log, −1 and below with log1p. ' +
    'Each row is computed by itself, so this step may stand before or after a split. Prices, incomes and counts are often ' +
    'easier to model after it; trees do not care.',
  keywords: ['logarithm', 'ln', 'log10', 'skewness', 'symlog', 'right-skewed', 'log transform'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with logarithms.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Spend and months on a logarithmic scale',
      params: { columns: ['months', 'spend'] },
      inputs: { table: { csv: customersCsv(20) } },
    },
    {
      title: 'Gains and losses in powers of ten',
      params: { method: 'signed', base: '10' },
      inputs: { table: { csv: 'balance\n-1200\n0\n15\n\n88000\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const { names, steps } = logSteps(table, params)
    const after = transformShape(table, steps, placeInSelection(params.columns, steps))
    return {
      outputs: { table: after.table },
      findings: [...emptyRule(table, params.columns, names), ...after.findings],
    }
  },
})

/** The columns whose logarithms are taken here, and the step of the recipe, if there are any. */
export function logSteps(
  table: { columns: readonly Column[] },
  { columns, method, base }: LogNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, columns, ({ type }) => type === 'number' || type === 'integer')
  if (names.length === 0) return { names, steps: [] }
  return { names, steps: [{ transform: 'log', params: { columns: [...names], method, base } }] }
}
