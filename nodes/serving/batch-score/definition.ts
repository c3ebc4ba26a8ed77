import { z } from 'zod'
import type { Column, TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { customersCsv } from '../../example-tables.ts'
import { keptColumns, predictionColumns } from '../predict/definition.ts'

const params = z.strictObject({
  model: z.string().min(1, 'Name a registered model.').meta({
    title: 'Registered model',
    description: 'Which model answers: “churn@champion”, “churn” for the latest version, or “churn:3”.',
    widget: 'registered-model',
  }),
  columns: z.enum(['all', 'ids', 'none']).default('ids').meta({
    title: 'Columns to keep',
    description:
      'Only ids, times and the target, all columns of the table, or nothing beside the predictions.',
  }),
})

/** Says which version has answered. */
export const versionColumn: Column = { name: 'model_version', type: 'text', role: 'ignore', origin: 'start' }

export const batchScore = defineNode({
  id: 'serving.batch-score',
  version: 1,
  title: 'Batch score',
  summary: 'Answers for every row of a table with a registered model, and says which version it was.',
  description:
    'The batch half of an endpoint: the same bytes of the same version, whether rows come one by one over HTTP or all at ' +
    'once here. What comes out has the columns that are kept, the prediction, its probability where there are classes, and ' +
    '“model_version”, such as “churn:3”. It runs again when the table has changed, or when the name means another version; ' +
    'by hand, by a schedule, or by `pipewright run` from any scheduler of the system.\n\n' +
    'Connect the table as it comes from its file: the model itself imputes, encodes and scales. Connect “Register model” ' +
    'where the same pipeline makes the model, so that it is waited for.',
  keywords: [
    'predict',
    'score',
    'inference',
    'batch prediction',
    'offline',
    'nightly',
    'schedule',
    'registered model',
  ],
  inputs: {
    model: {
      type: 'model',
      title: 'Model',
      optional: true,
      description: 'What is waited for; which model answers is named.',
    },
    table: { type: 'table', title: 'Table' },
  },
  outputs: { table: { type: 'table', title: 'Table', description: 'The rows with their predictions.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Who of the others will leave, by the champion',
      params: { model: 'leaving@champion' },
      inputs: {
        model: { from: 'serving.register', output: 'model' },
        table: { csv: customersCsv(12), roles: { customer: 'id' } },
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate: ({ inputs: { model, table }, params }) => {
    const own = predictionColumns({ task: null, target: null, answers: 'classes', ...model })
    const taken = keptColumns(table, params).filter(({ name }) =>
      [...own, versionColumn].some((column) => column.name === name),
    )
    const columns = [...keptColumns(table, params), ...own, versionColumn]
    const known = table.known && model?.answers !== undefined
    const shape: TableShape = { kind: 'table', columns: known ? columns : [], split: table.split, known }
    return {
      outputs: { table: shape },
      findings: taken.map(({ name }) => ({
        code: 'name-taken',
        severity: 'error',
        message: `The table already has a column “${name}”.`,
        remedy: 'Keep fewer columns, or rename it before this step.',
        port: 'table',
      })),
    }
  },
})
