import { z } from 'zod'
import { cronProblem } from '../../../src/core/schedule-times.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'

const params = z.strictObject({
  model: z
    .string()
    .regex(/^[^@:]+@[^@:]+$/, 'A name and an alias: “churn@champion”.')
    .meta({
      title: 'Champion',
      description:
        'The registered model by its alias, such as “churn@champion”: what the endpoint answers with, and what a better ' +
        'challenger becomes. With “production” somebody has to approve.',
      widget: 'registered-model',
    }),
  deployment: z
    .string()
    .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)?$/, 'Small letters, digits and “-”, at most 63.')
    .default('')
    .meta({
      title: 'Endpoint',
      description: 'Whose labels, drift and quality count. That of the model’s name when left empty.',
    }),
  newLabels: z.int().min(0).default(1_000).meta({
    title: 'New labels',
    description: 'Retrain when so many labels have come since the last time; 0: not for this reason.',
    unit: 'labels',
  }),
  driftWindows: z.int().min(0).default(3).meta({
    title: 'Windows with drift',
    description: 'Retrain when so many windows one after the other drift; 0: not for this reason.',
    unit: 'windows',
  }),
  qualityDrop: z.number().min(0).max(1).default(0.03).meta({
    title: 'Drop of quality',
    description:
      'Retrain when quality is so much lower than on the test rows: 0.03 are three points; 0: not for this reason.',
    unit: 'share',
  }),
  cron: z.string().default('').meta({
    title: 'Schedule',
    description: 'Retrain by the clock: “0 3 * * SUN” is Sundays at three. Not by the clock when left empty.',
  }),
  timeZone: z.string().min(1).default('UTC').meta({
    title: 'Time zone',
    description: 'Of the schedule, such as “Europe/Berlin”.',
  }),
  pauseMinutes: z.number().min(0).default(60).meta({
    title: 'Pause',
    description: 'How long after a job none starts by itself.',
    unit: 'minutes',
  }),
  newest: z
    .string()
    .default('')
    .meta({
      title: 'Newest labels from',
      description:
        'The step whose test rows are the newest labels. When left empty: the one that a link leads back to, else the feedback ' +
        'of the endpoint, else the test rows beside which the challenger learned.',
    }),
  metric: z
    .enum([
      'usual',
      'accuracy',
      'balanced_accuracy',
      'f1',
      'roc_auc',
      'average_precision',
      'log_loss',
      'brier_score',
      'mae',
      'rmse',
      'r2',
    ])
    .default('usual')
    .meta({
      title: 'Metric',
      description:
        'By which challenger and champion are compared. Usual: log loss for classes, the mean absolute error for numbers.',
    }),
  holdsFrozen: z.boolean().default(true).meta({
    title: 'Hold the frozen test rows',
    description:
      'Whether a challenger must not be worse on the test rows of the first champion. Else they are told of only.',
  }),
  margin: z.number().min(0).default(0.01).meta({
    title: 'Margin',
    description:
      'How much worse it may be there: points of a share, or the part of an error: 0.01 are one point, or one per cent.',
    unit: 'share',
  }),
  gain: z.number().min(0).default(0).meta({
    title: 'Gain',
    description: 'How much better it must at least be on the newest labels.',
    unit: 'share',
  }),
  confidence: z.number().gt(0.5).lt(1).default(0.95).meta({
    title: 'Confidence',
    description: 'Of the intervals by which both is judged.',
    unit: 'share',
  }),
  leastRows: z.int().min(10).default(100).meta({
    title: 'Least newest labels',
    description: 'Of fewer nothing is said, and the champion stays.',
    unit: 'rows',
  }),
  latencyFactor: z.number().min(0).default(2).meta({
    title: 'Slower by',
    description:
      'Times as long as the champion’s its 99th percentile of single answers may be; 0: as slow as it likes.',
  }),
  largestMb: z.number().min(0).default(0).meta({
    title: 'Largest size',
    description: 'Of the model; 0: as large as it likes.',
    unit: 'MB',
  }),
  slices: z.array(z.string()).max(8).default([]).meta({
    title: 'Slices',
    description: 'Columns for whose frequent values it must not be clearly worse.',
  }),
  sliceMargin: z.number().min(0).default(0.05).meta({
    title: 'Margin of slices',
    description: 'How much worse counts as clearly worse there.',
    unit: 'share',
  }),
  way: z.enum(['at-once', 'canary', 'shadow']).default('at-once').meta({
    title: 'Promotion',
    description:
      'At once; after it has answered a share of the requests as a canary; or after it has seen copies of them as a shadow.',
  }),
  share: z.number().gt(0).max(1).default(0.1).meta({
    title: 'Share of the trial',
    description: 'Of the requests that a canary answers, or a shadow sees.',
    unit: 'share',
  }),
  trialRequests: z.int().positive().default(200).meta({
    title: 'Requests of the trial',
    description: 'After how many it has passed.',
    unit: 'requests',
  }),
  trialMinutes: z.number().positive().default(1_440).meta({
    title: 'Longest trial',
    description: 'After which a trial without that many requests comes to nothing.',
    unit: 'minutes',
  }),
  needsApproval: z.boolean().default(false).meta({
    title: 'Needs approval',
    description: 'Somebody has to say yes before the alias is moved.',
  }),
  probationMinutes: z
    .number()
    .min(0)
    .default(60)
    .meta({
      title: 'Probation',
      description:
        'How long the champion before comes back by itself, where the endpoint refuses the new one or quality drops by more ' +
        'than would be a reason to retrain.',
      unit: 'minutes',
    }),
})
export type RetrainParams = z.output<typeof params>

export const retrain = defineNode({
  id: 'monitoring.retrain',
  version: 1,
  title: 'Retrain',
  summary: 'Trains the model of an endpoint anew when it is time, and promotes what is better.',
  description:
    'A run writes down what is wished for, with this very pipeline. Where the app, `pipewright studio`, `pipewright serve` ' +
    'or `pipewright watch` has the workspace open, a job starts when enough labels have come, the data drift, quality ' +
    'drops, it is time, or somebody asks for it. The job runs the pipeline and registers a challenger, without moving an ' +
    'alias or an endpoint. It is held against the champion on frozen test rows (those of the first champion, without rows ' +
    'that one of both has learned from) and on the newest labels. It is promoted where it is not worse on the first, ' +
    'better on the second, and neither too slow nor too large; each step is kept with its reasons and numbers.\n\n' +
    'Connect “Register model”, so that the wish waits for it, and draw a link from “loop” back to the step that brings ' +
    'the labels: its test rows are then the newest labels.',
  keywords: [
    'retraining',
    'continuous training',
    'champion challenger',
    'automation',
    'drift',
    'feedback loop',
    'schedule',
    'mlops',
  ],
  inputs: {
    model: {
      type: 'model',
      title: 'Model',
      optional: true,
      description: 'What is waited for; which model is retrained is named.',
    },
  },
  outputs: {},
  params,
  failures: {},
  examples: [
    { title: 'As soon as it is worth it', params: { model: 'churn@champion' }, inputs: {} },
    {
      title: 'Every Sunday, with an approval, after a canary',
      params: {
        model: 'churn@champion',
        newLabels: 0,
        cron: '0 3 * * SUN',
        timeZone: 'Europe/Berlin',
        way: 'canary',
        needsApproval: true,
      },
      inputs: {},
    },
  ],
  effect: 'sink',
  learnsFrom: 'nothing',
  propagate: ({ params: { cron, timeZone } }) => {
    const problem = cron === '' ? null : cronProblem({ expression: cron, timeZone })
    return {
      outputs: {},
      findings:
        problem === null
          ? []
          : [
              {
                code: 'bad-cron',
                severity: 'error',
                message: problem,
                remedy: 'Give minute, hour, day of month, month and day of week, such as “0 3 * * SUN”.',
                param: 'cron',
              },
            ],
    }
  },
})
