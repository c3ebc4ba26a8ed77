import { z } from 'zod'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { splitNumbers } from '../../example-tables.ts'
import { classificationParams } from '../classification-params.ts'
import { learnerFindings, modelOfClassesOrNumbers, taskFindings } from '../learner-findings.ts'
import { targetParams } from '../target-params.ts'

const params = z.strictObject({
  task: z
    .enum(['auto', 'classification', 'regression'])
    .default('auto')
    .meta({
      title: 'Task',
      fixed: true,
      description:
        'Classification tells classes apart, regression predicts an amount. Auto: texts, booleans and integers of two ' +
        'values are classes, other numbers are amounts.',
    }),
  hiddenLayers: z.array(z.int().min(1).max(4096)).max(10).default([64, 32]).meta({
    title: 'Hidden layers',
    description:
      'How many units each layer between features and answer has. More can learn more, and learn by heart.',
    unit: 'units',
  }),
  activation: z.enum(['relu', 'leaky-relu', 'tanh', 'sigmoid']).default('relu').meta({
    title: 'Activation',
    description: 'What a unit makes of its weighted sum. ReLU is quick and seldom a bad choice.',
  }),
  embeddings: z
    .array(
      z.strictObject({
        column: z.string().meta({
          title: 'Column',
          description: 'A feature of ordinal codes, as “Encode categories” makes them.',
          widget: 'column',
        }),
        size: z.int().min(1).max(512).default(8).meta({
          title: 'Size',
          description:
            'How many numbers are learned for each code; about the fourth root of their number, times two.',
          unit: 'numbers',
        }),
      }),
    )
    .max(100)
    .default([])
    .meta({
      title: 'Embeddings',
      description:
        'Columns of many categories, whose ordinal codes are no amounts: what each category is like is learned as a few ' +
        'numbers, instead of a column for each. Codes that no train row has share numbers of their own.',
    }),
  dropout: z.number().min(0).max(0.9).default(0).meta({
    title: 'Dropout',
    description: 'The share of units left out at random in each step, so that none relies on another.',
    widget: 'slider',
    unit: 'share',
  }),
  batchNormalization: z.boolean().default(false).meta({
    title: 'Batch normalization',
    description:
      'Centres and scales the sums of each hidden layer over a batch, which helps deep networks to learn.',
  }),
  learningRate: z.number().gt(0).max(1).default(0.001).meta({
    title: 'Learning rate',
    description: 'How far weights move in a step. Too large and the loss jumps, too small and it takes ages.',
  }),
  schedule: z.enum(['constant', 'cosine']).default('constant').meta({
    title: 'Schedule',
    description: 'Cosine: the learning rate falls to 0 over all epochs, along half a cosine.',
  }),
  weightDecay: z.number().min(0).max(10).default(0.0001).meta({
    title: 'Weight decay',
    description: 'Keeps weights small: the more, the smoother the answers.',
  }),
  batchRows: z.int().min(1).max(1_000_000).default(256).meta({
    title: 'Batch',
    description: 'How many rows a step looks at.',
    unit: 'rows',
  }),
  epochs: z.int().min(1).max(100_000).default(100).meta({
    title: 'Most epochs',
    description: 'How often all train rows are passed at most.',
    unit: 'epochs',
  }),
  patience: z.int().min(1).max(100_000).default(10).meta({
    title: 'Patience',
    description:
      'Stops when the loss on the validation rows has not fallen for so many epochs; the best weights are kept.',
    unit: 'epochs',
  }),
  ...targetParams,
  engine: z
    .enum(['onnx', 'tensorflow'])
    .default('onnx')
    .meta({
      title: 'Engine',
      fixed: true,
      description:
        'What computes in training: ONNX Runtime, which is always there, or TensorFlow.js with its native library, where ' +
        '`@tensorflow/tfjs-node` is installed. The model is the same ONNX graph either way.',
    }),
  ...classificationParams,
})

export const neuralNetwork = defineNode({
  id: 'training.neural-network',
  version: 1,
  title: 'Neural network',
  summary: 'Learns classes or amounts with layers of weighted sums, trained step by step.',
  description:
    'A multilayer perceptron, trained by AdamW. It learns smooth effects and how features work together; on tables, trees ' +
    'are often better and quicker. Features are standardized by the train rows inside the model, so they need no scaling; ' +
    'categories should be encoded, those of many values with ordinal codes that are embedded here, and missing values imputed before: a missing value is refused. Train rows move the ' +
    'weights, validation rows tell when to stop. The train rows are held in memory. The same seed gives the same weights ' +
    'on any number of threads.\n\n' +
    'Importance says how strongly a feature is connected to the answer through all layers (Garson); “Explain model” ' +
    'measures what it is worth.\n\n' +
    'From equal weights and batches both engines agree to 1e-4 after 50 steps, which is measured with the JavaScript ' +
    'backend of TensorFlow.js; with its native library it is unverified on machines where that cannot be loaded. ' +
    'TensorFlow shares out sums among threads of its own, so that its last bits may differ from machine to machine.',
  keywords: [
    'deep learning',
    'mlp',
    'perceptron',
    'neural net',
    'adam',
    'dropout',
    'classifier',
    'regressor',
  ],
  inputs: { table: { type: 'table', title: 'Table', description: 'Split, with a target.' } },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'From the columns of the source to the answer.' },
    report: { type: 'report', title: 'Report', description: 'The loss by epoch, and importances.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'Who leaves, from months and spend',
      params: { hiddenLayers: [8], epochs: 20, learningRate: 0.01 },
      inputs: { table: splitNumbers },
    },
    {
      title: 'Spend by months, with everything',
      params: {
        hiddenLayers: [8, 4],
        activation: 'tanh',
        embeddings: [{ column: 'months', size: 2 }],
        dropout: 0.1,
        batchNormalization: true,
        schedule: 'cosine',
        epochs: 10,
      },
      inputs: { table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate(context) {
    const { inputs, params } = context
    return {
      outputs: { model: modelOfClassesOrNumbers(inputs.table, params.task), report: { kind: 'report' } },
      findings: [
        ...learnerFindings(inputs.table, context),
        ...taskFindings(inputs.table, params.task),
        ...unknownColumns({
          table: inputs.table,
          names: params.embeddings.map(({ column }) => column),
          param: (index) => `embeddings.${index}.column`,
        }),
      ],
    }
  },
})
