import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { splitNumbers } from '../../example-tables.ts'
import { targetOf } from '../learner-findings.ts'

const parameter = z.string().min(1).meta({
  title: 'Parameter',
  description:
    'A parameter of the sub-pipeline, such as one that a learner inside refers to as “${learningRate}”.',
})

const dimension = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('number'),
      parameter,
      low: z.number().meta({ title: 'From', description: 'The least value.' }),
      high: z.number().meta({ title: 'To', description: 'The greatest value.' }),
      scale: z.enum(['linear', 'log']).default('linear').meta({
        title: 'Scale',
        description: 'Log: as many tries between 0.01 and 0.1 as between 0.1 and 1.',
      }),
    })
    .meta({ title: 'Number' }),
  z
    .strictObject({
      type: z.literal('integer'),
      parameter,
      low: z.int().meta({ title: 'From', description: 'The least value.' }),
      high: z.int().meta({ title: 'To', description: 'The greatest value.' }),
      scale: z.enum(['linear', 'log']).default('linear').meta({
        title: 'Scale',
        description: 'Log: as many tries between 1 and 10 as between 10 and 100.',
      }),
    })
    .meta({ title: 'Whole number' }),
  z
    .strictObject({
      type: z.literal('choice'),
      parameter,
      values: z
        .array(z.union([z.string(), z.number(), z.boolean()]))
        .min(1)
        .max(1000)
        .meta({ title: 'Values', description: 'The values to choose from.' }),
    })
    .meta({ title: 'Choice' }),
])
export type DimensionParams = z.output<typeof dimension>

const params = z.strictObject({
  subpipeline: z.string().min(1).meta({
    title: 'Sub-pipeline',
    description: 'Its name among the sub-pipelines of this pipeline file; it runs once for each trial.',
  }),
  space: z.array(dimension).max(50).default([]).meta({
    title: 'Search space',
    description: 'Which parameters are varied, and how far.',
  }),
  method: z
    .enum(['tpe', 'random', 'halving'])
    .default('tpe')
    .meta({
      title: 'Method',
      description:
        'TPE: random trials first, then more and more where good ones lie. Random: anywhere. Halving: many random trials ' +
        'with little of a resource, such as trees or rows, and only the best go on with more.',
    }),
  trials: z.int().min(1).max(10_000).default(30).meta({
    title: 'Trials',
    description: 'How many points of the space are tried; with halving, at first.',
    unit: 'trials',
  }),
  metric: z
    .string()
    .min(1)
    .default('roc_auc')
    .meta({
      title: 'Metric',
      description:
        'Of the report of the sub-pipeline. It should come from validation rows or from cross-validation: test rows ' +
        'that choose no longer tell how good the choice is.',
    }),
  direction: z.enum(['auto', 'maximize', 'minimize']).default('auto').meta({
    title: 'Direction',
    description: 'Auto: losses and errors are minimized, all else is maximized.',
  }),
  resource: z
    .strictObject({
      parameter: z.string().default('').meta({
        title: 'Parameter',
        description: 'A whole number of the sub-pipeline that grows from round to round; needed for halving.',
      }),
      least: z.int().min(1).default(10).meta({ title: 'Least', description: 'What the first round gets.' }),
      most: z.int().min(1).default(270).meta({ title: 'Most', description: 'What the last round gets.' }),
      factor: z.int().min(2).max(10).default(3).meta({
        title: 'Factor',
        description: 'One in so many trials goes on, with so many times the resource.',
      }),
    })
    .default({ parameter: '', least: 10, most: 270, factor: 3 })
    .meta({ title: 'Resource', description: 'What halving gives more of to the trials that go on.' }),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .meta({
      title: 'Values',
      description: 'Values of the other parameters of the sub-pipeline, the same for every trial.',
    }),
  input: z.string().default('table').meta({
    title: 'Input',
    description: 'The input of the sub-pipeline that gets the table.',
  }),
  modelOutput: z.string().default('model').meta({
    title: 'Output with the model',
    description: 'The output of the sub-pipeline that is the model; that of the best trial comes out.',
  }),
  reportOutput: z.string().default('report').meta({
    title: 'Output with the report',
    description: 'The output of the sub-pipeline that is the report with the metric.',
  }),
})
export type TuneParams = z.output<typeof params>

export const tune = defineNode({
  id: 'training.tune',
  version: 1,
  title: 'Tune parameters',
  summary: 'Tries a sub-pipeline with many parameters and gives the best model.',
  description:
    'A trial is a run of the sub-pipeline with other values of its parameters: of a learner, of an encoder, of anything ' +
    'inside. Trials run side by side, as many as there are cores, and each of their steps is stored as any other: it is ' +
    'called `tune[trial 7]/trees`, can be explained and reproduced, and is not repeated while nothing changes, so a search ' +
    'that was stopped goes on where it was. Which points are tried depends on the seed and on the outcomes before, not on ' +
    'which trial happens to end first.\n\n' +
    'A trial that fails is left out and named in the report. In the app “Vary a parameter of a node” lists the parameters ' +
    'of the nodes inside with ranges that suit them, and makes the chosen one a parameter of the sub-pipeline.',
  keywords: [
    'hyperparameter',
    'optimization',
    'grid search',
    'random search',
    'bayesian',
    'tpe',
    'successive halving',
    'automl',
    'optuna',
  ],
  inputs: { table: { type: 'table', title: 'Table', description: 'What each trial gets; split before.' } },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'That of the best trial.' },
    report: { type: 'report', title: 'Report', description: 'All trials with their values and outcomes.' },
  },
  params,
  failures: {
    'all-failed': {
      kind: 'user',
      message: 'All {count} trials failed; the first: {problem}',
      remedy: 'Run the sub-pipeline once by itself, with the values of the first trial.',
    },
    'no-metric': {
      kind: 'user',
      message: 'The report of the sub-pipeline has no metric “{metric}”; it has {metrics}.',
      remedy: 'Choose one of these.',
    },
    'no-output': {
      kind: 'user',
      message: 'The sub-pipeline gave no {kind} at its output “{output}”.',
      remedy: 'Name an output of the sub-pipeline that is a {kind}.',
    },
  },
  examples: [
    {
      title: 'Rate and leaves of trees',
      params: {
        subpipeline: 'train',
        trials: 12,
        metric: 'score',
        space: [
          { type: 'number', parameter: 'learningRate', low: 0.01, high: 0.3, scale: 'log' },
          { type: 'integer', parameter: 'leaves', low: 4, high: 64 },
          { type: 'choice', parameter: 'balanced', values: [true, false] },
        ],
      },
      inputs: { table: splitNumbers },
    },
    {
      title: 'Many at first, with few trees',
      params: {
        subpipeline: 'train',
        method: 'halving',
        trials: 9,
        metric: 'score',
        direction: 'minimize',
        space: [{ type: 'number', parameter: 'learningRate', low: 0.01, high: 0.3, scale: 'log' }],
        resource: { parameter: 'trees', least: 10, most: 90 },
      },
      inputs: { table: splitNumbers },
    },
  ],
  effect: 'pure',
  runsSubpipeline: (params) => ({
    subpipeline: params.subpipeline,
    inputs: { [params.input]: 'table' },
    parameters: params.parameters,
    itemParameters: [
      ...params.space.map(({ parameter }) => parameter),
      ...(params.method === 'halving' && params.resource.parameter !== '' ? [params.resource.parameter] : []),
    ],
    outputs: [params.modelOutput, params.reportOutput],
  }),
  learnsFrom: 'nothing',
  propagate: ({ inputs: { table }, params }) => ({
    outputs: {
      model: { kind: 'model', task: null, target: targetOf(table)?.name ?? null },
      report: { kind: 'report' },
    },
    findings: [...spaceFindings(params), ...resourceFindings(params)],
  }),
})

function spaceFindings({ space }: TuneParams): NodeFinding[] {
  if (space.length === 0)
    return [wrong('space', 'There is nothing to vary.', 'Add a parameter of the sub-pipeline.')]
  return space.flatMap((each, index) => [
    ...rangeFindings(each, `space.${index}`),
    ...(space.findIndex(({ parameter }) => parameter === each.parameter) < index
      ? [wrong(`space.${index}.parameter`, `“${each.parameter}” stands in the space twice.`, 'Name it once.')]
      : []),
  ])
}

function rangeFindings(each: DimensionParams, at: string): NodeFinding[] {
  if (each.type === 'choice') return []
  if (each.low > each.high)
    return [wrong(`${at}.low`, `The range of “${each.parameter}” begins after its end.`, 'Swap the two.')]
  if (each.scale === 'log' && each.low <= 0)
    return [
      wrong(
        `${at}.low`,
        `A logarithmic range begins above 0, and that of “${each.parameter}” at ${each.low}.`,
        'Choose a small positive number, or the linear scale.',
      ),
    ]
  return []
}

function resourceFindings({ method, resource, space }: TuneParams): NodeFinding[] {
  if (method !== 'halving') return []
  if (resource.parameter === '')
    return [
      wrong(
        'resource.parameter',
        'Halving needs to know which parameter of the sub-pipeline grows.',
        'Name one, such as that of the number of trees or epochs.',
      ),
    ]
  if (resource.least > resource.most)
    return [wrong('resource.least', 'The first round gets more than the last.', 'Swap the two.')]
  if (!space.some(({ parameter }) => parameter === resource.parameter)) return []
  return [
    wrong(
      'resource.parameter',
      `“${resource.parameter}” cannot be varied and grow at once.`,
      'Take it out of the search space, or choose another.',
    ),
  ]
}

const wrong = (param: string, message: string, remedy: string): NodeFinding => ({
  code: 'bad-parameter',
  severity: 'error',
  message,
  remedy,
  param,
})
