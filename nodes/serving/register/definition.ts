import { z } from 'zod'
import { registeredName } from '../../../src/core/registered-name.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'

const aliasPattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/

const params = z.strictObject({
  name: z.string().regex(registeredName.pattern, registeredName.words).meta({
    title: 'Name',
    description: 'What the model is called in the registry, such as “churn”.',
    widget: 'registered-model',
  }),
  aliases: z
    .array(z.string().regex(aliasPattern, 'A letter, then letters, digits, “_” or “-”.'))
    .default([])
    .meta({
      title: 'Aliases',
      description:
        'Names such as “champion” that are moved to this version; callers ask for “churn@champion”. A version gets ' +
        'into “staging” and “production” by `pipewright models promote` alone.',
    }),
  promotion: z
    .enum(['if-not-worse', 'always'])
    .default('if-not-worse')
    .meta({
      title: 'Moving aliases',
      description:
        'If not worse: where a version has an alias already, the metrics of both that “Evaluate” told are compared, and a ' +
        'worse model gets the alias “candidate” instead. Always: aliases are moved whatever the metrics say.',
    }),
  metric: z
    .string()
    .min(1)
    .optional()
    .meta({
      title: 'Metric',
      description:
        'By which models are compared, such as “f1”; when left empty, by the first that both have of ROC AUC, log loss, F1, ' +
        'accuracy, RMSE, MAE and R².',
    }),
  description: z.string().default('').meta({
    title: 'Description',
    description: 'What this version is about.',
    widget: 'text-area',
  }),
})

export const register = defineNode({
  id: 'serving.register',
  version: 1,
  title: 'Register model',
  summary: 'Puts a model into the registry, as the next version of its name.',
  description:
    'The package holds the ONNX graph, the signature (which columns it takes, how their texts are read, and what it ' +
    'answers) and a sketch of the rows it was trained on; the registry knows the pipeline that made it, which ' +
    '`pipewright models show NAME --pipeline` prints. A model that is the same as a version of the name makes no new ' +
    'version, and the aliases are moved to that one.\n\n' +
    'What evaluates the model in the same run is awaited, and its metrics are kept with the version. An alias such as ' +
    '“champion” is moved only to a model that is not worse than the version that has it, by a metric of their ' +
    'evaluations; the log says how they compare. They may have been measured on other test rows: “Evaluate” compares two ' +
    'models on the same. Where there is no metric in common the alias is moved.\n\n' +
    'A run that takes this step from the cache, as nothing has changed since an earlier run, registers nothing and moves ' +
    'no alias, also where one was moved by hand in between: `pipewright models alias` moves it back.',
  keywords: ['registry', 'publish', 'version', 'champion', 'deploy', 'mlflow', 'save model', 'release'],
  inputs: { model: { type: 'model', title: 'Model' } },
  outputs: { model: { type: 'model', title: 'Model', description: 'The model that was registered.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'The new champion',
      params: { name: 'leaving', aliases: ['champion'] },
      inputs: { model: { from: 'training.logistic-regression', output: 'model' } },
    },
  ],
  effect: 'sink',
  learnsFrom: 'nothing',
  propagate: ({ inputs: { model } }) => ({ outputs: { model } }),
})
