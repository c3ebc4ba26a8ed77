import { z } from 'zod'
import type { ModelShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { packageIndex, packedFiles } from '../../../src/core/model-package.ts'
import { examplePackage } from './example-package.ts'

const params = z.strictObject({
  path: z.string().min(1, 'Choose a folder.').meta({
    title: 'Folder',
    description: 'The folder that “Save model” wrote. A relative path starts at the pipeline file.',
    widget: 'folder',
  }),
})

const unknownModel: ModelShape = { kind: 'model', task: null, target: null }

export const loadModel = defineNode({
  id: 'serving.load-model',
  version: 1,
  title: 'Load model',
  summary: 'Reads a model from a folder that was written by Save model.',
  description:
    'Every file is held against its hash, and the graph against the signature, before the model is used. A graph with ' +
    'anything in it that Pipewright does not write, such as foreign operators or data in other files, is refused: a ' +
    'model may come from anywhere.\n\n' +
    'The step runs again when a file of the folder changes.',
  keywords: ['import', 'onnx', 'package', 'pretrained', 'deserialize', 'restore', 'open model'],
  inputs: {},
  outputs: { model: { type: 'model', title: 'Model', description: 'The model of the folder.' } },
  params,
  failures: {
    'not-a-package': {
      kind: 'user',
      message: 'The folder “{path}” holds no model package that can be read: {problem}.',
      remedy:
        'Choose a folder that “Save model” wrote, and a Pipewright that is not older than the one that wrote it.',
    },
    damaged: {
      kind: 'user',
      message: 'The file “{file}” of the model package “{path}” is not as it was written.',
      remedy: 'Copy the folder again, or save the model again.',
    },
    misfit: {
      kind: 'user',
      message: 'The graph of the model package “{path}” does not fit its signature: {problem}.',
      remedy: 'Save the model again; do not mend the files by hand.',
    },
  },
  examples: [
    { title: 'A model from another machine', params: { path: 'leaving' }, inputs: {}, files: examplePackage },
  ],
  effect: 'source',
  learnsFrom: 'nothing',
  files: ({ path }) => [packageIndex, ...packedFiles].map((name) => `${path}/${name}`),
  propagate({ probed }) {
    const shape = probed?.['model']
    return { outputs: { model: shape?.kind === 'model' ? shape : unknownModel } }
  },
})
