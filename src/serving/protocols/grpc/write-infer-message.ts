import type { OutputColumn } from '../../../onnx/session.ts'
import type { InferRequest } from '../open-inference/infer-request.ts'
import type { Inference } from '../open-inference/infer.ts'
import { answerParameters } from '../open-inference/write-infer-response.ts'
import { writeRawTensor } from '../open-inference/write-raw-tensor.ts'
import type { InferResponseMessage, TensorContents } from './infer-messages.ts'

/** The message of an answer: all its tensors raw, or all of them typed. */
export function writeInferMessage(
  { answer, outputs }: Inference,
  { id, isBinary }: Pick<InferRequest, 'id' | 'isBinary'>,
): InferResponseMessage {
  const { prediction_ids: ids, fallback } = answerParameters(answer)
  return {
    model_name: answer.model,
    model_version: String(answer.version),
    id: id ?? '',
    parameters: {
      prediction_ids: { string_param: ids },
      ...(fallback && { fallback: { bool_param: true } }),
    },
    outputs: outputs.map(({ name, datatype, shape, values }) => ({
      name,
      datatype,
      shape,
      ...(!isBinary && { contents: typedContents(values) }),
    })),
    raw_output_contents: isBinary ? outputs.map(({ values }) => writeRawTensor(values)) : [],
  }
}

function typedContents(values: OutputColumn): TensorContents {
  if (values instanceof Float32Array) return { fp32_contents: Array.from(values) }
  if (values instanceof Float64Array) return { fp64_contents: Array.from(values) }
  return { bytes_contents: values.map((text) => Buffer.from(text)) }
}
