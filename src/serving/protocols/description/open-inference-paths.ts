import type { ServedModel } from '../../handler.ts'
import { inputTensors, outputTensors } from '../open-inference/model-tensors.ts'
import { failures, json, reference, type Schema } from './openapi-parts.ts'

/** What the Open Inference Protocol adds to the endpoint’s addresses. */
export function openInferencePaths(served: ServedModel) {
  const ofModel = (path: string) => `/v2/models/${encodeURIComponent(served.model)}${path}`
  const inputs = inputTensors(served.signature)
  const outputs = outputTensors(served.signature)
  const named = (tensors: readonly { name: string; datatype: string }[]) =>
    tensors.map(({ name, datatype }) => `${name} (${datatype})`).join(', ')
  return {
    '/v2': { get: described('What the server is', { type: 'object' }) },
    '/v2/health/live': { get: described('Whether the server is there', { type: 'object' }) },
    '/v2/health/ready': { get: described('Whether it answers inference requests', { type: 'object' }) },
    '/v2/repository/index': { post: described('Which models it serves', { type: 'array' }) },
    [ofModel('')]: { get: described('The tensors of the model', { type: 'object' }) },
    [ofModel('/ready')]: { get: described('Whether the model is ready', { type: 'object' }) },
    [ofModel('/infer')]: {
      post: {
        operationId: 'infer',
        summary: 'Predict by the Open Inference Protocol, version 2',
        description: `Inputs, each [rows] or [rows, 1]: ${named(inputs)}. Outputs: ${named(outputs)}.`,
        requestBody: { required: true, content: json(reference('InferenceRequest')) },
        responses: {
          200: { description: 'The tensors of the answer', content: json(reference('InferenceResponse')) },
          ...failures(reference('InferenceError'), [400, 404, 503, 504]),
        },
      },
    },
  }
}

/** The messages of the protocol, as its text says. */
export function openInferenceSchemas() {
  const text = { type: 'string' }
  const parameters = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } }
  const tensor = {
    type: 'object',
    properties: {
      name: text,
      shape: { type: 'array', items: { type: 'integer' } },
      datatype: text,
      parameters,
      data: { type: 'array' },
    },
    required: ['name', 'shape', 'datatype'],
  }
  return {
    InferenceRequest: {
      type: 'object',
      properties: {
        id: text,
        parameters,
        inputs: { type: 'array', items: tensor, minItems: 1 },
        outputs: {
          type: 'array',
          items: { type: 'object', properties: { name: text, parameters }, required: ['name'] },
        },
      },
      required: ['inputs'],
    },
    InferenceResponse: {
      type: 'object',
      properties: {
        id: text,
        model_name: text,
        model_version: text,
        parameters,
        outputs: { type: 'array', items: tensor },
      },
      required: ['model_name', 'outputs'],
    },
    InferenceError: { type: 'object', properties: { error: text }, required: ['error'] },
  }
}

function described(summary: string, schema: Schema) {
  return { summary, responses: { 200: { description: summary, content: json(schema) } } }
}
