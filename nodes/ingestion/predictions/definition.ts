import { z } from 'zod'
import { unknownTable, type Column, type TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { answerColumns, logParams } from '../log-params.ts'

const params = z.strictObject(logParams)
export type PredictionsParams = z.output<typeof params>

export const predictions = defineNode({
  id: 'ingestion.predictions',
  version: 1,
  title: 'Logged predictions',
  summary: 'What a deployment was asked, and what it answered, as a table.',
  description:
    'One row for each logged answer, in the order of the answers: the values that the model was asked with, in the columns ' +
    'and types of the model that answers now, the prediction and, for classes, its probability (that of the positive class ' +
    'where there are two, that of the predicted class where there are more), which version has answered, whether it was the ' +
    'fallback, and how long it took. Answers of shadows are not logged.\n\n' +
    'For a report on drift, with the training table as the reference, for business figures, or to look at answers in ' +
    '“SQL”. For rows to learn from, use “Feedback”. The step runs again when the log has grown.',
  keywords: [
    'log',
    'inference log',
    'requests',
    'traffic',
    'production data',
    'serving',
    'monitoring',
    'audit',
  ],
  inputs: {},
  outputs: { table: { type: 'table', title: 'Table', description: 'The logged answers, the newest last.' } },
  params,
  failures: {
    'no-deployment': {
      kind: 'user',
      message: 'There is no deployment “{deployment}” that a model answers for.',
      remedy: 'Correct the name, or serve a model under it.',
    },
    'name-taken': {
      kind: 'user',
      message: 'The model already has a column “{column}”.',
      remedy:
        'Choose other names for the columns of ids and times, or leave them out; rename the column of the model.',
    },
  },
  examples: [
    { title: 'All that “leaving” has answered', params: { deployment: 'leaving' }, inputs: {} },
    {
      title: 'Of the last six days',
      params: { deployment: 'leaving', window: 'days', days: 6, idColumn: '' },
      inputs: {},
    },
    {
      title: 'The newest three',
      params: { deployment: 'leaving', window: 'rows', rows: 3, timeColumn: '' },
      inputs: {},
    },
  ],
  effect: 'source',
  learnsFrom: 'nothing',
  logs: ({ deployment }) => [deployment],
  propagate({ probed }) {
    const shape = probed?.['table']
    return { outputs: { table: shape?.kind === 'table' ? shape : unknownTable } }
  },
})

/** What comes out beside the columns that the model takes. */
export function columnsOfAnswers(answer: readonly Column[], params: PredictionsParams): Column[] {
  const column = (name: string, type: 'text' | 'boolean' | 'number'): Column => ({
    name,
    type,
    role: 'ignore',
    origin: 'start',
  })
  return [
    ...answer,
    column('model_version', 'text'),
    column('is_fallback', 'boolean'),
    column('latency_ms', 'number'),
    ...answerColumns(params),
  ]
}

export const loggedShape = (columns: readonly Column[]): TableShape => ({
  kind: 'table',
  columns,
  split: null,
  known: true,
})
