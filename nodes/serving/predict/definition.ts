import { z } from 'zod'
import type { Column, ModelShape, TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customersCsv, splitNumbers } from '../../example-tables.ts'
import { partFindings } from '../../part-findings.ts'
import { modelMissing } from '../model-missing.ts'

const params = z.strictObject({
  model: z.string().default('').meta({
    title: 'Registered model',
    description:
      'Which model answers when none is connected: “churn” for the latest version, “churn@champion”, or “churn:3”.',
    widget: 'registered-model',
  }),
  rows: z.enum(['all', 'train', 'validation', 'test']).default('all').meta({
    title: 'Rows',
    description: 'Which rows get a prediction; only they come out.',
  }),
  columns: z.enum(['all', 'ids', 'none']).default('all').meta({
    title: 'Columns to keep',
    description:
      'All columns of the table, only ids, times and the target, or nothing beside the predictions.',
  }),
})
export type PredictParams = z.output<typeof params>

export const predict = defineNode({
  id: 'serving.predict',
  version: 1,
  title: 'Predict',
  summary: 'Answers for every row of a table with a model, in chunks of 4,096 rows.',
  description:
    'Connect the table as it comes from its file: the model itself imputes, encodes and scales, and takes the columns of ' +
    'the source by name. What comes out has the columns that are kept, the prediction and, for classes, its probability: ' +
    'that of the positive class where there are two, that of the predicted class where there are more. A model with ' +
    '“Business rules” also says which of them has spoken, one with “Rank classes” gives the most probable ones as “top1”, ' +
    '“top1_probability” and so on, and one of clusters gives “cluster” and the “distance” from its center. Encoded columns ' +
    'are not kept. Memory does not grow with the table.',
  keywords: ['score', 'inference', 'batch prediction', 'apply model', 'answer', 'forecast'],
  inputs: {
    model: {
      type: 'model',
      title: 'Model',
      optional: true,
      description: 'The model that answers; else a registered one is named.',
    },
    table: { type: 'table', title: 'Table' },
  },
  outputs: { table: { type: 'table', title: 'Table', description: 'The rows with their predictions.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Who of the others will leave',
      params: { columns: 'ids' },
      inputs: {
        model: { from: 'training.logistic-regression', output: 'model' },
        table: { csv: customersCsv(12), roles: { customer: 'id' } },
      },
    },
    {
      title: 'Only the test rows, to look at single answers',
      params: { rows: 'test' },
      inputs: { model: { from: 'training.gradient-boosted-trees', output: 'model' }, table: splitNumbers },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { model, table }, params }) {
    return {
      outputs: { table: predictionTable(table, params, model) },
      findings: [
        ...modelMissing(model, { model: params.model, purpose: 'answer with' }),
        ...namesTaken(table, params, model),
        ...partFindings(table, params.rows),
      ],
    }
  },
})

function predictionTable(
  table: TableShape,
  params: PredictParams,
  model: ModelShape | undefined,
): TableShape {
  const known = table.known && model?.answers !== undefined
  const columns = known ? [...keptColumns(table, params), ...predictionColumns(model)] : []
  return { kind: 'table', columns, split: params.rows === 'all' ? table.split : null, known }
}

/** The columns of the table that come out, as stored columns. */
export function keptColumns(
  table: { columns: readonly Column[] },
  { columns }: Pick<PredictParams, 'columns'>,
): Column[] {
  if (columns === 'none') return []
  return table.columns
    .filter(({ type, role }) => type !== 'vector' && (columns === 'all' || idRoles.has(role)))
    .map(({ name, type, role }) => ({ name, type, role, origin: 'start' }))
}

const idRoles: ReadonlySet<string> = new Set(['id', 'time', 'target'])

/** The columns that a model answers with: what, how probable, its ranking, and which rule has spoken, where it has these. */
export function predictionColumns({ answers, rules, top = 0 }: Omit<ModelShape, 'kind'>): Column[] {
  const column = (name: string, type: 'number' | 'text'): Column => ({
    name,
    type,
    role: 'ignore',
    origin: 'start',
  })
  const rule = rules ? [column('rule', 'text')] : []
  if (answers === 'clusters') return [column('cluster', 'text'), column('distance', 'number')]
  if (answers === 'numbers') return [column('prediction', 'number'), ...rule]
  const ranked = Array.from({ length: top }, (_, place) => [
    column(rankedNames(place).label, 'text'),
    column(rankedNames(place).probability, 'number'),
  ])
  return [column('prediction', 'text'), column('probability', 'number'), ...ranked.flat(), ...rule]
}

/** What the columns of a ranked class are called; the most probable one has place 0. */
export const rankedNames = (place: number): { label: string; probability: string } => ({
  label: `top${place + 1}`,
  probability: `top${place + 1}_probability`,
})

function namesTaken(table: TableShape, params: PredictParams, model: ModelShape | undefined): NodeFinding[] {
  const own = predictionColumns({ task: null, target: null, answers: 'classes', ...model })
  return keptColumns(table, params)
    .filter(({ name }) => own.some((column) => column.name === name))
    .map(({ name }) => ({
      code: 'name-taken',
      severity: 'error',
      message: `The table already has a column “${name}”.`,
      remedy: 'Keep fewer columns, or rename it before this step.',
      port: 'table',
    }))
}
