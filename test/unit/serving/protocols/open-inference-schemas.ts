import { Ajv, type ErrorObject } from 'ajv'

const text = { type: 'string' }
const dataTypes = 'BOOL UINT8 UINT16 UINT32 UINT64 INT8 INT16 INT32 INT64 FP16 FP32 FP64 BYTES'.split(' ')
const datatype = { enum: dataTypes }
/** “Parameters”: names with a text, a number or a truth value. */
const parameters = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } }
const shape = { type: 'array', items: { type: 'integer', minimum: 0 }, minItems: 1 }
const object = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const metadataTensor = object({
  name: text,
  datatype,
  shape: { type: 'array', items: { type: 'integer', minimum: -1 }, minItems: 1 },
})
const duration = object({ count: { type: 'integer' }, ns: { type: 'integer' } })

/** Written from the text of the Open Inference Protocol (version 2) and of Triton's extensions to it. */
export const schemas = {
  serverLive: object({ live: { type: 'boolean' } }),
  /** The protocol’s text names the field “live”, its OpenAPI document “ready”: both are there. */
  serverReady: object({ live: { type: 'boolean' }, ready: { type: 'boolean' } }),
  modelReady: object({ name: text, ready: { type: 'boolean' } }),
  serverMetadata: object({ name: text, version: text, extensions: { type: 'array', items: text } }),
  modelMetadata: object({
    name: text,
    versions: { type: 'array', items: text },
    platform: text,
    inputs: { type: 'array', items: metadataTensor, minItems: 1 },
    outputs: { type: 'array', items: metadataTensor, minItems: 1 },
  }),
  inference: object(
    {
      model_name: text,
      model_version: text,
      id: text,
      parameters,
      outputs: {
        type: 'array',
        items: {
          ...object({ name: text, shape, datatype, parameters, data: { type: 'array' } }, [
            'name',
            'shape',
            'datatype',
          ]),
          // Its data stand here, or behind the JSON in as many bytes as it says.
          oneOf: [
            { required: ['data'] },
            {
              required: ['parameters'],
              properties: {
                parameters: {
                  type: 'object',
                  properties: { binary_data_size: { type: 'integer', minimum: 0 } },
                  required: ['binary_data_size'],
                },
              },
            },
          ],
        },
      },
    },
    ['model_name', 'outputs'],
  ),
  error: object({ error: { type: 'string', minLength: 1 } }),
  repositoryIndex: {
    type: 'array',
    items: object({
      name: text,
      version: text,
      state: { enum: ['READY', 'UNAVAILABLE', 'LOADING', 'UNLOADING'] },
      reason: text,
    }),
  },
  statistics: object({
    model_stats: {
      type: 'array',
      items: object({
        name: text,
        version: text,
        last_inference: { type: 'integer' },
        inference_count: { type: 'integer' },
        execution_count: { type: 'integer' },
        inference_stats: object({
          success: duration,
          fail: duration,
          queue: duration,
          compute_input: duration,
          compute_infer: duration,
          compute_output: duration,
        }),
        batch_stats: { type: 'array' },
      }),
    },
  }),
}

const ajv = new Ajv({ allErrors: true, strictTypes: false, allowUnionTypes: true, strictRequired: false })
const validators = Object.fromEntries(
  Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]),
)

/** What does not hold of an answer. */
export function violations(name: keyof typeof schemas, answer: unknown): ErrorObject[] {
  const validate = validators[name]!
  validate(answer)
  return validate.errors ?? []
}
