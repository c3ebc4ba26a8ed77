import type { PredictionHandler, ServedModel } from '../../handler.ts'
import { answering, type Found } from '../find-served.ts'
import { mostRows } from '../request-limits.ts'
import type { DataType } from './data-type.ts'
import { inputTensors, outputTensors, type TensorMetadata } from './model-tensors.ts'

/** As Triton names models that ONNX Runtime runs. */
export const platform = 'onnxruntime_onnx'
/** Of Triton, in its words. */
export const extensions = [
  'binary_tensor_data',
  'classification',
  'model_configuration',
  'model_repository',
  'statistics',
]

export function describeModel({ served, candidates }: Found) {
  return {
    name: served.model,
    versions: versionsOf(candidates.filter(({ model }) => model === served.model)),
    platform,
    inputs: inputTensors(served.signature),
    outputs: outputTensors(served.signature),
  }
}

/** Triton's model configuration, as far as it says something here. Shapes are without the dimension of rows. */
export function modelConfiguration({ served }: Found) {
  return {
    name: served.model,
    platform,
    backend: 'onnxruntime',
    version_policy: { specific: { versions: [served.version] } },
    max_batch_size: mostRows,
    input: inputTensors(served.signature).map(configured),
    output: outputTensors(served.signature).map(configured),
  }
}

/** One entry a version of a model. */
export function repositoryIndex(handler: PredictionHandler) {
  const state = handler.isReady() ? 'READY' : 'UNAVAILABLE'
  const reason = handler.isReady() ? '' : 'the server is starting or stopping'
  return answering(handler).map(({ model, version }) => ({
    name: model,
    version: String(version),
    state,
    reason,
  }))
}

function configured({ name, datatype, shape }: TensorMetadata) {
  return { name, data_type: configurationType(datatype), dims: [shape[1]] }
}

function configurationType(type: DataType): string {
  return type === 'BYTES' ? 'TYPE_STRING' : `TYPE_${type}`
}

function versionsOf(served: readonly ServedModel[]): string[] {
  return served
    .map(({ version }) => version)
    .toSorted((one, other) => one - other)
    .map(String)
}
