import { z } from 'zod'
import type { TableShape } from '../../../src/core/columns.ts'
import { checkExpression } from '../../../src/core/expression/check-expression.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customers, splitCustomers } from '../../example-tables.ts'

const params = z.strictObject({
  condition: z.string().min(1).meta({
    title: 'Condition',
    description:
      'An expression that is true or false for each row, such as “age >= 18 and country is not null”.',
    widget: 'expression',
  }),
  keep: z
    .enum(['matching', 'others'])
    .default('matching')
    .meta({
      title: 'Keep',
      description:
        'Matching: rows for which the condition is true. Others: rows for which it is false, or for which a missing ' +
        'value leaves it open.',
    }),
})
export type FilterParams = z.output<typeof params>

export const filter = defineNode({
  id: 'features.filter',
  version: 1,
  title: 'Filter rows',
  summary: 'Keeps the rows for which a condition is true.',
  description:
    'The condition may use every column of the table, also those that an earlier step computes; it sees one row at a ' +
    'time. Rows stay in their order, and each stays in its part of a split. What earlier steps have learned is not ' +
    'learned anew. A model does not filter: rows that are to be answered pass this step by.',
  keywords: ['where', 'subset', 'query', 'condition', 'keep rows', 'drop rows', 'remove rows'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The rows that are kept.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Customers of more than a year',
      params: { condition: 'months > 12' },
      inputs: { table: customers },
    },
    {
      title: 'Rows without a value, after a split',
      params: { condition: 'calls < (10)', keep: 'others' },
      inputs: { table: splitCustomers },
    },
    {
      title: 'By a column that was computed',
      params: { condition: 'much' },
      inputs: { table: { from: 'features.derive', output: 'table' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate: ({ inputs: { table }, params }) => ({
    outputs: { table },
    findings: conditionFindings(table, params.condition, 'condition'),
  }),
})

/** What is wrong with an expression that is to be true or false for each row. */
export function conditionFindings(table: TableShape, condition: string, param: string): NodeFinding[] {
  if (!table.known) return []
  const checked = checkExpression(condition, table.columns)
  if ('problem' in checked) {
    const { message, remedy } = checked.problem
    return [{ code: 'bad-expression', severity: 'error', message, remedy, param }]
  }
  if (checked.expression.type === 'boolean') return []
  return [
    {
      code: 'bad-expression',
      severity: 'error',
      message: `The condition is a ${checked.expression.type}; it should be true or false.`,
      remedy: 'Compare it with something, as in “months > 12” or “"plan" = \'basic\'”.',
      param,
    },
  ]
}
