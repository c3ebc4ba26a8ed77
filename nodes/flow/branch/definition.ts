import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { unknownTable } from '../../../src/core/columns.ts'
import { customers, splitCustomers } from '../../example-tables.ts'
import { readCondition } from '../condition.ts'

const params = z.strictObject({
  condition: z
    .string()
    .min(1)
    .meta({
      title: 'Condition',
      description:
        'True or false. Of the table it may ask `rows`, `columns` and, of a column, `null_share(age)`, `count(age)`, ' +
        '`distinct(age)`, `sum(age)`, `mean(age)`, `median(age)`, `min(age)`, `max(age)` and `stdev(age)`; of reports ' +
        'every metric, such as `roc_auc > 0.8` or, where several have it, `"evaluate.roc_auc" > 0.8`.',
      widget: 'expression',
    }),
})

export const branch = defineNode({
  id: 'flow.branch',
  version: 1,
  title: 'Branch',
  summary: 'Sends what arrives one way or the other, by a condition on rows or metrics.',
  description:
    'Where the condition is true, table and model leave by *then*, else by *otherwise*; so does a condition that ' +
    'has no value, such as the mean of no rows, and says so. What hangs only on the way that was not taken is skipped: ' +
    'that is no failure. Where the ways meet again, *Append tables* takes the tables that came, and *Merge* the first ' +
    'that came.',
  keywords: ['if', 'else', 'condition', 'switch', 'route', 'gate', 'decision', 'when'],
  inputs: {
    table: { type: 'table', title: 'Table', optional: true },
    model: { type: 'model', title: 'Model', optional: true },
    reports: {
      type: 'report',
      title: 'Reports',
      description: 'Their metrics may stand in the condition.',
      many: true,
      optional: true,
    },
  },
  outputs: {
    // oxlint-disable-next-line unicorn/no-thenable -- the name of a port: no function ever stands there
    then: {
      type: 'table',
      title: 'Then',
      description: 'The table, where the condition is true.',
      conditional: true,
    },
    otherwise: {
      type: 'table',
      title: 'Otherwise',
      description: 'The table, where it is not.',
      conditional: true,
    },
    thenModel: {
      type: 'model',
      title: 'Model, then',
      description: 'The model, where the condition is true.',
      conditional: true,
    },
    otherwiseModel: {
      type: 'model',
      title: 'Model, otherwise',
      description: 'The model, where it is not.',
      conditional: true,
    },
  },
  params,
  failures: {
    'bad-condition': {
      kind: 'user',
      message: 'The condition cannot be answered: {problem} {hint}',
      remedy: 'Correct the condition, or connect what it asks of.',
    },
  },
  examples: [
    { title: 'Enough rows', params: { condition: 'rows >= 50' }, inputs: { table: customers, reports: [] } },
    {
      title: 'Few values missing, and customers who stay',
      params: { condition: 'null_share(calls) < 0.2 and mean(months) > 12' },
      inputs: { table: splitCustomers, reports: [] },
    },
    {
      title: 'A model, where its data is as expected',
      params: { condition: 'unsuccessful_expectations = 0' },
      inputs: {
        model: { from: 'training.baseline', output: 'model' },
        reports: [{ from: 'validation.expectations', output: 'report' }],
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table, model, reports }, params }) {
    const findings: NodeFinding[] = []
    if (!table && !model)
      findings.push({
        code: 'nothing-to-send',
        severity: 'error',
        message: 'Neither a table nor a model is connected, so there is nothing to send either way.',
        remedy: 'Connect one of them.',
      })
    const read = readCondition(params.condition, {
      table: table ?? null,
      metrics: reports.length > 0 ? null : [],
    })
    if ('problem' in read) {
      const { message, remedy } = read.problem
      findings.push({ code: 'bad-expression', severity: 'error', message, remedy, param: 'condition' })
    }
    const noModel = { kind: 'model', task: null, target: null } as const
    return {
      outputs: {
        // oxlint-disable-next-line unicorn/no-thenable -- the name of a port: no function ever stands there
        then: table ?? unknownTable,
        otherwise: table ?? unknownTable,
        thenModel: model ?? noModel,
        otherwiseModel: model ?? noModel,
      },
      findings,
    }
  },
})
