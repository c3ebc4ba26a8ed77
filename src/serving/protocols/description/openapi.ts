import type { StartColumn } from '../../../core/artifacts.ts'
import type { PredictionHandler, ServedModel } from '../../handler.ts'
import { firstServed } from '../find-served.ts'
import { openInferencePaths, openInferenceSchemas } from './open-inference-paths.ts'
import { failures, json, reference } from './openapi-parts.ts'

/** The description of the endpoint as OpenAPI 3.1, made from the signature of the model that it serves first. */
export function openApiOf(handler: PredictionHandler, productVersion: string) {
  const served = firstServed(handler)
  return {
    openapi: '3.1.0',
    info: {
      title: handler.name,
      version: productVersion,
      description: `Predictions of “${served.target.name}” by ${served.model}, version ${served.version}.`,
    },
    security: [{}, { token: [] }],
    paths: {
      '/predict': { post: predictOperation() },
      '/feedback': { post: feedbackOperation() },
      '/invocations': { post: invocationsOperation() },
      ...openInferencePaths(served),
      '/healthz': { get: healthOperation('Whether the server is there') },
      '/readyz': { get: healthOperation('Whether it answers predictions') },
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { ...ownSchemas(served), ...openInferenceSchemas() },
    },
  }
}

function predictOperation() {
  return {
    operationId: 'predict',
    summary: 'Predict for one row, or for many',
    requestBody: {
      required: true,
      content: json({
        anyOf: [
          reference('Row'),
          { type: 'array', items: reference('Row') },
          {
            type: 'object',
            properties: { rows: { type: 'array', items: reference('Row') } },
            required: ['rows'],
          },
        ],
      }),
    },
    responses: {
      200: {
        description: 'The prediction; for many rows, one each under “predictions”',
        content: json({ anyOf: [reference('Prediction'), reference('Predictions')] }),
      },
      ...failures(reference('Problem'), [400, 422, 503, 504]),
    },
  }
}

function feedbackOperation() {
  const said = {
    predictionId: { type: 'string' },
    label: { type: ['string', 'number', 'boolean'], description: 'What would have been right.' },
    right: { type: 'boolean' },
    score: { type: 'number', minimum: 0, maximum: 1 },
    source: { type: 'string' },
    comment: { type: 'string' },
  }
  const oneOf = (['label', 'right', 'score'] as const).map((name) => ({ required: [name] }))
  return {
    operationId: 'feedback',
    summary: 'Tell what turned out to be true for a prediction',
    requestBody: {
      required: true,
      content: json({ type: 'object', properties: said, required: ['predictionId'], anyOf: oneOf }),
    },
    responses: { 202: { description: 'Kept' }, ...failures(reference('Problem'), [400, 404, 422]) },
  }
}

function invocationsOperation() {
  return {
    operationId: 'invocations',
    summary: 'Predict by the scoring protocol of MLflow',
    requestBody: {
      required: true,
      content: {
        ...json({
          type: 'object',
          properties: {
            dataframe_split: { type: 'object' },
            dataframe_records: { type: 'array', items: reference('Row') },
            instances: { type: 'array' },
            inputs: { type: ['array', 'object'] },
          },
          minProperties: 1,
        }),
        'text/csv': { schema: { type: 'string' } },
      },
    },
    responses: {
      200: {
        description: 'A prediction a row',
        content: json({
          type: 'object',
          properties: { predictions: { type: 'array' } },
          required: ['predictions'],
        }),
      },
      ...failures(
        { type: 'object', properties: { error_code: { type: 'string' }, message: { type: 'string' } } },
        [400, 503],
      ),
    },
  }
}

function healthOperation(summary: string) {
  return { summary, security: [], responses: { 200: { description: 'Yes' }, 503: { description: 'No' } } }
}

function ownSchemas({ signature, target }: ServedModel) {
  const probabilities = target.classes && {
    probabilities: {
      type: 'object',
      properties: Object.fromEntries(target.classes.map((label) => [label, { type: 'number' }])),
    },
  }
  const prediction = {
    prediction: target.classes
      ? { type: 'string', enum: target.classes }
      : { type: ['string', 'number', 'null'] },
    ...probabilities,
    predictionId: { type: 'string' },
  }
  const speaker = { model: { type: 'string' }, version: { type: 'integer' }, fallback: { const: true } }
  return {
    Row: {
      type: 'object',
      description: 'A row as the training file had it. What is left out is null.',
      properties: Object.fromEntries(signature.inputs.map((input) => [input.name, schemaOfColumn(input)])),
    },
    Prediction: { type: 'object', properties: { ...prediction, ...speaker }, required: ['prediction'] },
    Predictions: {
      type: 'object',
      properties: {
        ...speaker,
        predictions: { type: 'array', items: { type: 'object', properties: prediction } },
      },
      required: ['predictions'],
    },
    Problem: {
      type: 'object',
      properties: {
        error: {
          type: 'object',
          properties: {
            code: { type: 'string' },
            message: { type: 'string' },
            problems: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  row: { type: 'integer' },
                  field: { type: 'string' },
                  message: { type: 'string' },
                },
              },
            },
          },
          required: ['message'],
        },
      },
      required: ['error'],
    },
  }
}

/** Texts are taken everywhere, and read by the rule of the column. */
function schemaOfColumn({ type, rule }: StartColumn) {
  switch (type) {
    case 'number':
      return { type: ['number', 'string', 'null'] }
    case 'integer':
      return { type: ['integer', 'string', 'null'] }
    case 'boolean':
      return { type: ['boolean', 'string', 'null'] }
    case 'text':
      return { type: ['string', 'null'] }
    case 'date':
    case 'datetime': {
      const format = type === 'date' ? 'date' : 'date-time'
      return {
        type: ['string', 'null'],
        ...(rule?.format === undefined ? { format } : { description: rule.format }),
      }
    }
  }
}
