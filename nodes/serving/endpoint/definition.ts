import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'

const name = z.string().regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)?$/, {
  error: 'Small letters, digits and “-”, at most 63.',
})

const params = z.strictObject({
  model: z
    .string()
    .min(1, 'Name a registered model.')
    .meta({
      title: 'Registered model',
      description:
        'What answers: “churn@champion” follows the alias, “churn” the latest version, “churn:3” stays with one. A version ' +
        'that the name comes to mean is verified before it answers.',
      widget: 'registered-model',
    }),
  name: name.default('').meta({
    title: 'Name',
    description: 'What the endpoint is called. That of the model when left empty.',
  }),
  switch: z
    .enum(['as-it-is', 'on', 'off'])
    .default('as-it-is')
    .meta({
      title: 'Switch',
      description:
        'Whether a run switches it on or off. As it is: off at first, and what people chose after that. Runs of the command ' +
        'line start nothing: it runs in the app, in `pipewright studio` and in `pipewright serve`.',
      fixed: true,
    }),
  port: z.int().min(1).max(65_535).optional().meta({
    title: 'Port',
    description: 'Where it listens. Any that is free, and the same again, when left empty.',
  }),
  workers: z.int().min(1).max(64).optional().meta({
    title: 'Processes',
    description: 'How many processes answer. One a core when left empty.',
    unit: 'processes',
  }),
  timeoutMs: z.int().min(10).max(600_000).default(10_000).meta({
    title: 'Timeout',
    description: 'How long an answer may take.',
    unit: 'ms',
  }),
  fallback: z
    .enum(['none', 'constant', 'version', 'rule'])
    .default('none')
    .meta({
      title: 'Fallback',
      description:
        'What is answered, and marked as such, where the model fails or takes too long: nothing but the error, always the ' +
        'same, what another version says, or a rule over the columns of the request.',
    }),
  fallbackAnswer: z.string().default('').meta({
    title: 'Fallback answer',
    description: 'The label or number, the version (“churn:2”), or the expression.',
  }),
  shadow: z.string().default('').meta({
    title: 'Shadow',
    description:
      'A registered model that gets a copy of the requests: its answers are compared and never returned.',
    widget: 'registered-model',
  }),
  canary: z
    .string()
    .default('')
    .meta({
      title: 'Canary',
      description:
        'A registered model that answers a share of the requests for as long as it fails no more often, and takes not much ' +
        'longer, than the others.',
      widget: 'registered-model',
    }),
  canaryShare: z.number().gt(0).lt(1).default(0.05).meta({
    title: 'Share of the canary',
    description: 'Which share of the requests it answers.',
    unit: 'share',
  }),
  stickyBy: z.string().default('').meta({
    title: 'Same version by',
    description:
      'A column, or “header:NAME”: requests with the same value are answered by the same version. By chance when left empty.',
  }),
  logShare: z.number().min(0).max(1).default(1).meta({
    title: 'Share that is logged',
    description: 'Which share of the requests is written to the log of predictions.',
    unit: 'share',
  }),
  neverLogged: z.array(z.string()).default([]).meta({
    title: 'Columns never logged',
    description: 'Columns whose values are written nowhere, such as names and addresses.',
  }),
  keepDays: z.number().positive().default(90).meta({
    title: 'Keep the log',
    description: 'How long what was answered is kept.',
    unit: 'days',
  }),
  grpc: z.boolean().default(false).meta({
    title: 'Also over gRPC',
    description: 'Answers over gRPC, too, at a port of its own.',
  }),
})
export type EndpointParams = z.output<typeof params>

export const endpoint = defineNode({
  id: 'serving.endpoint',
  version: 1,
  title: 'Endpoint',
  summary: 'Wishes for an HTTP endpoint that answers with a registered model.',
  description:
    'A run writes down what is wished for; an endpoint that is so already is not touched. Where the app, ' +
    '`pipewright studio` or `pipewright serve` is open and the endpoint is switched on, it goes over to what is wished for ' +
    'without losing a request. Before it counts as ready, held-out rows of the run that trained the model are replayed ' +
    'through it, and every answer must be bit-identical to that of “Predict”.\n\n' +
    'Connect “Register model”, so that the endpoint waits for it. What somebody changed by hand in between is wished for ' +
    'again as it stands here at the next run.',
  keywords: [
    'deploy',
    'serve',
    'api',
    'rest',
    'http',
    'server',
    'production',
    'real-time',
    'online',
    'canary',
    'shadow',
  ],
  inputs: {
    model: {
      type: 'model',
      title: 'Model',
      optional: true,
      description: 'What is waited for; which model answers is named.',
    },
  },
  outputs: {},
  params,
  failures: {},
  examples: [
    { title: 'Follows the champion', params: { model: 'churn@champion' }, inputs: {} },
    {
      title: 'A new version gets five requests of a hundred',
      params: { model: 'churn:3', canary: 'churn:4', canaryShare: 0.05, name: 'churn' },
      inputs: {},
    },
  ],
  effect: 'sink',
  learnsFrom: 'nothing',
  propagate: ({ params }) => ({
    outputs: {},
    findings:
      params.fallback !== 'none' && params.fallbackAnswer === ''
        ? [
            {
              code: 'no-fallback-answer',
              severity: 'error',
              message: 'It is not said what is answered where the model fails.',
              remedy: 'Give the fallback answer, or choose no fallback.',
              param: 'fallbackAnswer',
            },
          ]
        : [],
  }),
})
