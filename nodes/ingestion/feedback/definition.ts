import { z } from 'zod'
import { unknownTable, type Column, type TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { answerColumns, logParams, takenName } from '../log-params.ts'

const { deployment, window, days, rows, idColumn, timeColumn } = logParams

const params = z.strictObject({
  deployment,
  window,
  days,
  rows,
  holdOut: z
    .enum(['share', 'rows', 'none', 'unsplit'])
    .default('share')
    .meta({
      title: 'Newest rows to test on',
      description:
        'A share of the rows, or so many of them: the newest become the test part, on which nothing is trained, the others ' +
        'the train part. None: all train. Unsplit: a step behind splits them.',
    }),
  holdOutShare: z.number().gt(0).lt(1).default(0.2).meta({
    title: 'Share to test on',
    description: 'Which share of the rows, rounded up, is held out.',
    unit: 'share',
  }),
  holdOutRows: z.int().min(1).default(500).meta({
    title: 'Rows to test on',
    description: 'How many of the newest rows are held out.',
    unit: 'rows',
  }),
  weights: z.enum(['none', 'age']).default('none').meta({
    title: 'Weights',
    description: 'Age: what is older by a half-life than the newest row weighs half as much.',
  }),
  halfLifeDays: z.number().positive().default(30).meta({
    title: 'Half-life',
    description: 'After how many days a row weighs half.',
    unit: 'days',
  }),
  weightColumn: z.string().min(1, 'Name the column.').default('weight').meta({
    title: 'Column of weights',
    description: 'What the column with the weights is called, where the training table has none.',
  }),
  idColumn,
  timeColumn,
})
export type FeedbackParams = z.output<typeof params>

export const feedback = defineNode({
  id: 'ingestion.feedback',
  version: 1,
  title: 'Feedback',
  summary: 'Answers of a deployment whose truth is known by now, as rows to learn from.',
  description:
    'Every logged answer that somebody told the truth about becomes a row: the values that the model was asked with, in the ' +
    'columns and types of its training table, and the truth as the target. They come in the order of their answers. The ' +
    'newest are held out for tests, so that “Append tables” with the training table, split, gives one table with one split.\n\n' +
    'A label is the truth. Of two classes, “right” and “wrong” say which one it is as well; of more classes, or of numbers, ' +
    'they do not, and such rows are left out: to keep only what was right would teach the model that it always is. The newest ' +
    'word counts. Answers of the fallback are left out, and what is left out is counted.\n\n' +
    'Connect the training table, at the place where the rows are appended, to get its very columns. Then a first run, ' +
    'before there is a model or a deployment, gives a table without rows. Where it has a column of weights that is filled, ' +
    'too: with 1, or by age.\n\n' +
    'The step runs again when the log has grown. It reads what was there when the run was planned, and each state is a ' +
    'version of the data.',
  keywords: [
    'labels',
    'ground truth',
    'retrain',
    'retraining',
    'online',
    'closed loop',
    'annotations',
    'prediction log',
    'monitoring',
  ],
  inputs: {
    like: {
      type: 'table',
      title: 'Training table',
      optional: true,
      description: 'The table that the rows are appended to: its columns, types and roles are taken over.',
    },
  },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The answers with their truth, the newest last.' },
  },
  params,
  failures: {
    'no-deployment': {
      kind: 'user',
      message: 'There is no deployment “{deployment}” that a model answers for.',
      remedy:
        'Correct the name, serve a model under it, or connect the training table: then no rows come until there is one.',
    },
    'no-target': {
      kind: 'user',
      message: 'The model of “{deployment}” finds groups of rows; there is no truth to learn.',
      remedy: 'Name a deployment of a model with a target, or use “Logged predictions”.',
    },
    'name-taken': {
      kind: 'user',
      message: 'There is already a column “{column}”.',
      remedy: 'Choose other names for the columns of ids, times and weights, or leave them out.',
    },
  },
  examples: [
    {
      title: 'What became of the customers that were asked about',
      params: { deployment: 'leaving', holdOutShare: 0.25 },
      inputs: {},
    },
    {
      title: 'In the columns of the training table, the older the lighter',
      params: { deployment: 'leaving', holdOut: 'rows', holdOutRows: 2, weights: 'age', idColumn: '' },
      inputs: {
        like: {
          csv: 'customer,tariff,months,spend,autopay,churn\nC001,basic,3,21.50,true,yes\nC002,plus,40,33.00,false,no\n',
          roles: { customer: 'id', churn: 'target' },
          split: ['train', 'test'],
        },
      },
    },
    {
      title: 'The newest four, not split',
      params: { deployment: 'leaving', window: 'rows', rows: 4, holdOut: 'unsplit', timeColumn: '' },
      inputs: {},
    },
  ],
  effect: 'source',
  learnsFrom: 'nothing',
  logs: ({ deployment: name }) => [name],
  propagate({ inputs: { like }, params: given, probed }) {
    const shape = probed?.['table']
    const probedTable = shape?.kind === 'table' ? shape : unknownTable
    if (!like) return { outputs: { table: probedTable } }
    if (!like.known) return { outputs: { table: unknownTable } }
    const taken = takenName(like.columns, addedColumns(like.columns, given))
    return {
      outputs: { table: labelledShape(like.columns, given) },
      findings:
        taken === undefined
          ? []
          : [
              {
                code: 'name-taken',
                severity: 'error',
                message: `The training table already has a column “${taken}”.`,
                remedy: 'Choose another name for it here, or leave it out.',
                port: 'like',
              },
            ],
    }
  },
})

/** The columns of a table as what comes out stores them: all but vectors, and weights by age as numbers. */
export const baseColumns = (columns: readonly Column[], { weights }: FeedbackParams): Column[] =>
  columns
    .filter(({ type }) => type !== 'vector')
    .map(({ name, type, role }) => ({
      name,
      type: role === 'weight' && weights === 'age' ? 'number' : type,
      role,
      origin: 'start',
    }))

/** What stands behind the columns of the training table. */
export function addedColumns(base: readonly Column[], params: FeedbackParams): Column[] {
  const isWeighted = params.weights === 'age' && !base.some(({ role }) => role === 'weight')
  const weight: Column = { name: params.weightColumn, type: 'number', role: 'weight', origin: 'start' }
  return [...(isWeighted ? [weight] : []), ...answerColumns(params)]
}

/** What comes out where these are the columns of the training table. */
export function labelledShape(base: readonly Column[], params: FeedbackParams): TableShape {
  return {
    kind: 'table',
    columns: [...baseColumns(base, params), ...addedColumns(base, params)],
    split: splitOf(params),
    known: true,
  }
}

function splitOf({ holdOut }: FeedbackParams): TableShape['split'] {
  switch (holdOut) {
    case 'share':
    case 'rows':
      return ['train', 'test']
    case 'none':
      return ['train']
    case 'unsplit':
      return null
  }
}
