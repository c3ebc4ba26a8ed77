import { protocolError } from '../errors.ts'
import { isDataType, type DataType, type TensorValue } from '../open-inference/data-type.ts'
import { rowsOfShape, type InferRequest, type InputTensor } from '../open-inference/infer-request.ts'
import { exact, readRawTensor, textOf } from '../open-inference/read-raw-tensor.ts'
import type { InferRequestMessage, InputTensorMessage, Parameters, TensorContents } from './infer-messages.ts'

/** The request that a message holds, its tensors typed or raw; the answer takes the form of the request. */
export function readInferMessage(message: InferRequestMessage): InferRequest {
  const { id, model_name: model, inputs, outputs, raw_input_contents: raw } = message
  if (inputs.length === 0) throw protocolError('bad-body', { problem: 'it has no inputs' })
  const isBinary = raw.length > 0
  if (isBinary && raw.length !== inputs.length) {
    const problem = `raw_input_contents are ${raw.length} for ${inputs.length} inputs`
    throw protocolError('bad-body', { problem })
  }
  return {
    id: id === '' ? undefined : id,
    isBinary,
    inputs: inputs.map((input, index) => readInput(input, { model, raw: raw[index] })),
    outputs: outputs.map(({ name, parameters }) => ({ name, isBinary, classes: classesOf(parameters) })),
  }
}

function readInput(
  { name, datatype, shape, parameters, contents }: InputTensorMessage,
  { model, raw }: { model: string; raw: Uint8Array | undefined },
): InputTensor {
  const bad = (problem: string): Error => protocolError('bad-tensor', { tensor: name, model, problem })
  if (!isDataType(datatype)) throw bad(`its datatype is “${datatype}”`)
  if ('shared_memory_region' in parameters) throw bad('memory cannot be shared with this server')
  try {
    const sizes = shape.map(Number)
    const count = rowsOfShape(sizes)
    const values = raw ? readRawTensor(raw, { type: datatype, count }) : typedValues(contents, datatype)
    if (values.length !== count)
      throw new RangeError(`its contents are ${values.length} elements, where its shape wants ${count}`)
    return { name, datatype, shape: sizes, values }
  } catch (cause) {
    throw cause instanceof RangeError ? bad(cause.message) : cause
  }
}

function typedValues(contents: TensorContents | null, type: DataType): TensorValue[] {
  switch (type) {
    case 'BOOL':
      return contents?.bool_contents ?? []
    case 'INT8':
    case 'INT16':
    case 'INT32':
      return contents?.int_contents ?? []
    case 'INT64':
      return (contents?.int64_contents ?? []).map((value) => exact(BigInt(value)))
    case 'UINT8':
    case 'UINT16':
    case 'UINT32':
      return contents?.uint_contents ?? []
    case 'UINT64':
      return (contents?.uint64_contents ?? []).map((value) => exact(BigInt(value)))
    case 'FP16':
      throw new RangeError('the type FP16 has raw contents only')
    case 'FP32':
      return contents?.fp32_contents ?? []
    case 'FP64':
      return contents?.fp64_contents ?? []
    case 'BYTES':
      return (contents?.bytes_contents ?? []).map(textOf)
  }
}

/** The classification extension: how many of the most probable classes are wanted. */
function classesOf({ classification }: Parameters): number {
  const count = Number(classification?.int64_param ?? 0)
  return Number.isSafeInteger(count) && count > 0 ? count : 0
}
