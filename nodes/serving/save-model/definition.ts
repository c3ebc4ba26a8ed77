import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { modelMissing } from '../model-missing.ts'

const params = z.strictObject({
  path: z.string().min(1, 'Choose a folder.').meta({
    title: 'Folder',
    description:
      'The folder to write. A relative path starts at the pipeline file. A model package that is there is replaced.',
    widget: 'file-to-write',
  }),
  model: z.string().default('').meta({
    title: 'Registered model',
    description:
      'Which model is written when none is connected: “churn” for the latest version, “churn@champion”, or “churn:3”.',
    widget: 'registered-model',
  }),
})

export const saveModel = defineNode({
  id: 'serving.save-model',
  version: 1,
  title: 'Save model',
  summary: 'Writes a model as a folder that can be copied to another machine.',
  description:
    'The folder holds `model.onnx`, the whole way from raw columns to answer, which any ONNX runtime can load; ' +
    '`signature.json`, the columns it takes and how their texts are read; `sketch.json`, what these looked like in ' +
    'training; and `model.json` with the rest and the hashes of the others. *Load model* reads it back.\n\n' +
    'The folder is there whole or not at all, and the step runs again when one of its files was changed or removed. A ' +
    'folder with anything else in it is left alone.',
  keywords: ['export', 'onnx', 'package', 'deploy', 'artifact', 'download model', 'serialize', 'persist'],
  inputs: {
    model: {
      type: 'model',
      title: 'Model',
      optional: true,
      description: 'The model that is written; else a registered one is named.',
    },
  },
  outputs: {},
  params,
  failures: {
    'not-a-package': {
      kind: 'user',
      message: 'There is something else than a model package at “{path}”.',
      remedy: 'Choose a new folder, or move away what is there.',
    },
    'cannot-write': {
      kind: 'environment',
      message: 'The folder “{path}” cannot be written: {reason}.',
      remedy: 'Check that the folder around it may be written to and the disk is not full.',
    },
  },
  examples: [
    {
      title: 'A model to take along',
      params: { path: 'models/leaving' },
      inputs: { model: { from: 'training.logistic-regression', output: 'model' } },
    },
  ],
  effect: 'sink',
  learnsFrom: 'nothing',
  writes: ({ path }) => [path],
  propagate: ({ inputs, params: { model } }) => ({
    outputs: {},
    findings: modelMissing(inputs.model, { model, purpose: 'save' }),
  }),
})
