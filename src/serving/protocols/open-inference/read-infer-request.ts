import { z } from 'zod'
import { protocolError } from '../errors.ts'
import { readJson } from '../read-json.ts'
import { isDataType } from './data-type.ts'
import { rowsOfShape, type InferRequest, type InputTensor, type RequestedOutput } from './infer-request.ts'
import { readJsonTensor } from './read-json-tensor.ts'
import { readRawTensor } from './read-raw-tensor.ts'

const parametersSchema = z.record(z.string(), z.unknown()).default({})
const bodySchema = z.object({
  id: z.string().optional(),
  parameters: parametersSchema,
  inputs: z
    .array(
      z.object({
        name: z.string(),
        shape: z.array(z.number()).max(8),
        datatype: z.string(),
        parameters: parametersSchema,
        // As it is: it may be long, and is looked at with the type in mind.
        data: z.custom<readonly unknown[]>(Array.isArray, 'a list is wanted').optional(),
      }),
    )
    .min(1)
    .max(100_000),
  outputs: z.array(z.object({ name: z.string(), parameters: parametersSchema })).optional(),
})
type Body = z.infer<typeof bodySchema>

/**
 * The request that a body holds: JSON, and behind it the data of the tensors that say `binary_data_size`, in their
 * order. `headerLength` is what `Inference-Header-Content-Length` says: the bytes of the JSON.
 */
export function readInferRequest(
  bytes: Uint8Array,
  { headerLength, model }: { headerLength: string | undefined; model: string },
): InferRequest {
  const length = jsonLength(bytes, headerLength)
  const body = parseBody(readJson(bytes.subarray(0, length)))
  const rest = { bytes: bytes.subarray(length) }
  const inputs = body.inputs.map((input) => readInput(input, { model, rest }))
  if (rest.bytes.length > 0) throw badBody(`${rest.bytes.length} bytes behind the JSON belong to no tensor`)
  const isBinary = body.parameters['binary_data_output'] === true
  return {
    id: body.id,
    inputs,
    isBinary,
    outputs: body.outputs ? body.outputs.map((output) => requested(output, model, isBinary)) : undefined,
  }
}

function jsonLength(bytes: Uint8Array, headerLength: string | undefined): number {
  if (headerLength === undefined) return bytes.length
  const length = /^\d{1,15}$/.test(headerLength) ? Number(headerLength) : NaN
  if (length >= 0 && length <= bytes.length) return length
  throw badBody(
    `Inference-Header-Content-Length is “${headerLength}”, but the body has ${bytes.length} bytes`,
  )
}

function parseBody(json: unknown): Body {
  const parsed = bodySchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw badBody(`at “${issue!.path.join('.')}”, ${issue!.message}`)
}

function readInput(
  { name, shape, datatype, parameters, data }: Body['inputs'][number],
  { model, rest }: { model: string; rest: { bytes: Uint8Array } },
): InputTensor {
  const bad = (problem: string): Error => protocolError('bad-tensor', { tensor: name, model, problem })
  if (!isDataType(datatype)) throw bad(`its datatype is “${datatype}”`)
  if ('shared_memory_region' in parameters) throw bad('memory cannot be shared with this server')
  try {
    const tensor = { type: datatype, count: rowsOfShape(shape) }
    const size = parameters['binary_data_size']
    if (size === undefined) {
      if (data === undefined) throw new RangeError('it has neither data nor a binary_data_size')
      return { name, datatype, shape, values: readJsonTensor(data, tensor) }
    }
    if (data !== undefined) throw new RangeError('it has data and a binary_data_size, too')
    return { name, datatype, shape, values: readRawTensor(taken(rest, size), tensor) }
  } catch (cause) {
    throw cause instanceof RangeError ? bad(cause.message) : cause
  }
}

function taken(rest: { bytes: Uint8Array }, size: unknown): Uint8Array {
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw new RangeError('its binary_data_size is no number of bytes')
  if (size > rest.bytes.length)
    throw new RangeError(`its binary_data_size is ${size}, but the body has ${rest.bytes.length} bytes left`)
  const bytes = rest.bytes.subarray(0, size)
  rest.bytes = rest.bytes.subarray(size)
  return bytes
}

function requested(
  { name, parameters }: NonNullable<Body['outputs']>[number],
  model: string,
  isBinary: boolean,
): RequestedOutput {
  const { binary_data: binary, classification = 0 } = parameters
  const bad = (problem: string): Error => protocolError('bad-tensor', { tensor: name, model, problem })
  if ('shared_memory_region' in parameters) throw bad('memory cannot be shared with this server')
  if (typeof classification !== 'number' || !Number.isSafeInteger(classification) || classification < 0)
    throw bad('its parameter “classification” is no number of classes')
  return { name, isBinary: typeof binary === 'boolean' ? binary : isBinary, classes: classification }
}

function badBody(problem: string): Error {
  return protocolError('bad-body', { problem })
}
