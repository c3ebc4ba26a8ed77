import { z } from 'zod'
import { columnTypes, type ModelShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { exampleOnnx } from './example-onnx.ts'

const output = z.string().default('')

const params = z.strictObject({
  path: z.string().min(1, 'Choose a file.').meta({
    title: 'File',
    description: 'The ONNX file (.onnx). A relative path starts at the pipeline file.',
    widget: 'file',
  }),
  columns: z
    .array(z.string().min(1))
    .default([])
    .meta({
      title: 'Columns',
      description:
        'The columns that the model takes, in the order in which it was trained: first those of its first input, from ' +
        'left to right. The names of its inputs when left empty.',
    }),
  types: z
    .record(z.string(), z.enum(columnTypes).exclude(['vector']))
    .default({})
    .meta({
      title: 'Types',
      description:
        'The type of a column, where it should not be what the model takes: a boolean or a date, say, where it takes ' +
        'numbers.',
    }),
  target: z.string().min(1).default('prediction').meta({
    title: 'Target',
    description: 'What the answers are about, such as the column that the model was trained for.',
  }),
  labels: z
    .array(z.string().min(1))
    .default([])
    .meta({
      title: 'Labels',
      description:
        'What the classes are called, in the order of the probabilities. What the file says when left empty. A model ' +
        'with one output between 0 and 1 is a classifier where two labels are given, and answers with that number else.',
    }),
  positive: z.string().default('').meta({
    title: 'Positive class',
    description: 'Of two classes, the one whose probability counts. The last one when left empty.',
  }),
  probabilities: output.meta({
    title: 'Output with probabilities',
    description: 'The name of the output, where it cannot be found out.',
  }),
  label: output.meta({
    title: 'Output with the label',
    description: 'The name of the output, where it cannot be found out.',
  }),
  value: output.meta({
    title: 'Output with the value',
    description:
      'The name of the output of a model that answers with a number, where it cannot be found out.',
  }),
})

const unknownModel: ModelShape = { kind: 'model', task: null, target: null }

export const importModel = defineNode({
  id: 'serving.import-model',
  version: 1,
  title: 'Import model',
  summary:
    'Takes in an ONNX model that something else trained: scikit-learn, LightGBM, XGBoost, Keras and their like.',
  description:
    'The model gets typed raw columns and the answers of a model of Pipewright, so that it can be evaluated, registered, ' +
    'served and used for batches like one of its own. Dictionaries of probabilities (ZipMap) become a table of ' +
    'probabilities. Its graph stays as it is, with the operators for which it was written: thresholds, calibration and ' +
    'explanations of its inside are for models that were trained here.\n\n' +
    'How texts are read, and how the columns look, comes from the reference table, where one is connected: rows such as ' +
    'the model was trained on. Until then the comparison of live answers with held-out rows, and drift, wait for it.\n\n' +
    'A file is refused, with the reason, where its inputs or outputs are numbers of 16 bits, where it takes a fixed number ' +
    'of rows, where data stands in other files, and where it has operators that ONNX Runtime does not know. The model ' +
    'is loaded and tried on a few rows in the process of the step, which may be ended without harm.',
  keywords: [
    'onnx',
    'import',
    'scikit-learn',
    'sklearn',
    'lightgbm',
    'xgboost',
    'keras',
    'tensorflow',
    'zipmap',
    'foreign model',
  ],
  inputs: {
    reference: { type: 'table', title: 'Reference rows', optional: true },
  },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'The model of the file, with typed columns.' },
  },
  params,
  failures: {
    unreadable: {
      kind: 'user',
      message: 'The file “{path}” cannot be read: {problem}.',
      remedy: 'Choose an ONNX file.',
    },
    'unknown-positive': {
      kind: 'user',
      message: 'The positive class “{positive}” is none of the classes {classes}.',
      remedy: 'Choose one of them, or leave it empty.',
    },
    'reference-columns': {
      kind: 'user',
      message: 'The reference table lacks the columns {columns}, which the model takes.',
      remedy: 'Connect rows such as the model was trained on, or name its columns as the table does.',
    },
    'reference-types': {
      kind: 'user',
      message: 'The column “{column}” of the reference table is {type}, which the model cannot take.',
      remedy: 'Convert the column before, or set the types where the file is read.',
    },
  },
  examples: [
    {
      title: 'A network of Keras as a classifier',
      params: { path: 'leaving.onnx', columns: ['months', 'spend'], labels: ['no', 'yes'], target: 'leaves' },
      inputs: {},
      files: exampleOnnx,
    },
  ],
  effect: 'source',
  learnsFrom: 'nothing',
  files: ({ path }) => [path],
  propagate({ probed }) {
    const shape = probed?.['model']
    return { outputs: { model: shape?.kind === 'model' ? shape : unknownModel } }
  },
})
