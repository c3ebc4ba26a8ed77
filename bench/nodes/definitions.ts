import { z } from 'zod'
import { defineNode } from '../../src/node-kit/define-node.ts'

/** Takes the feature matrix of the train rows as a learner does, and does nothing else. */
export const takeMatrix = defineNode({
  id: 'training.take-matrix',
  version: 1,
  title: 'Take matrix',
  summary: 'Reads the feature matrix of the train rows, chunk by chunk, as a learner does.',
  description: 'Ends the pipelines of benchmarks of preparation.',
  keywords: [],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { report: { type: 'report', title: 'Report' } },
  params: z.strictObject({
    rate: z.number().default(0.1).meta({ title: 'Rate', description: 'Of no effect.' }),
  }),
  failures: {},
  examples: [],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate: () => ({ outputs: { report: { kind: 'report' } } }),
})

/** Fits logistic regression to the train rows and does none of what else a training node does: no sketch, no warnings. */
export const fitLogistic = defineNode({
  id: 'training.fit-logistic',
  version: 1,
  title: 'Fit logistic regression',
  summary: 'Fits logistic regression and reports the log loss of the train rows.',
  description: 'Ends the pipeline that is compared with the fit of another library.',
  keywords: [],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { report: { type: 'report', title: 'Report' } },
  params: z.strictObject({
    iterations: z.int().min(1).meta({ title: 'Iterations', description: 'At most.' }),
    tolerance: z.number().positive().meta({ title: 'Tolerance', description: 'As of the training node.' }),
  }),
  failures: {},
  examples: [],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate: () => ({ outputs: { report: { kind: 'report' } } }),
})

/** Passes on a number and does no work, so that what is measured is the engine. */
export const passOn = defineNode({
  id: 'flow.pass-on',
  version: 1,
  title: 'Pass on',
  summary: 'Does nothing.',
  description: 'The step of benchmarks of the engine.',
  keywords: [],
  inputs: { report: { type: 'report', title: 'Report', optional: true } },
  outputs: { report: { type: 'report', title: 'Report' } },
  params: z.strictObject({
    number: z.number().meta({ title: 'Number', description: 'Stands in the report.' }),
  }),
  failures: {},
  examples: [],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate: () => ({ outputs: { report: { kind: 'report' } } }),
})
