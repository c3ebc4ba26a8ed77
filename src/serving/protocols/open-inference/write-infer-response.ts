import type { OutputColumn } from '../../../onnx/session.ts'
import type { PredictionAnswer } from '../../handler.ts'
import type { OutputTensor } from './answer-tensors.ts'
import { writeRawTensor } from './write-raw-tensor.ts'

/** An answer as it is sent; `headerLength` is null where all of it is JSON. */
export interface InferResponse {
  body: Uint8Array
  headerLength: number | null
}

/** The answer in JSON, with the data of the tensors that are wanted so behind it in their order. */
export function writeInferResponse(
  { answer, outputs }: { answer: PredictionAnswer; outputs: readonly OutputTensor[] },
  id: string | undefined,
): InferResponse {
  const raw: Uint8Array[] = []
  const tensors = outputs.map(({ name, datatype, shape, values, isBinary }) => {
    if (!isBinary) return { name, datatype, shape, data: jsonData(values) }
    const bytes = writeRawTensor(values)
    raw.push(bytes)
    return { name, datatype, shape, parameters: { binary_data_size: bytes.length } }
  })
  const json = Buffer.from(
    JSON.stringify({
      ...(id !== undefined && { id }),
      model_name: answer.model,
      model_version: String(answer.version),
      parameters: answerParameters(answer),
      outputs: tensors,
    }),
  )
  if (raw.length === 0) return { body: json, headerLength: null }
  return { body: Buffer.concat([json, ...raw]), headerLength: json.length }
}

/** What a prediction has that the protocol has no field for. Its parameters are texts, numbers and truth values. */
export function answerParameters({ predictionIds, isFallback }: PredictionAnswer): {
  prediction_ids: string
  fallback?: true
} {
  return { prediction_ids: predictionIds.join(','), ...(isFallback && { fallback: true as const }) }
}

/** JSON has no NaN and no infinity: they are null. */
function jsonData(values: OutputColumn): (string | number | null)[] {
  return Array.from<string | number, string | number | null>(values, (value) =>
    typeof value === 'number' && !Number.isFinite(value) ? null : value,
  )
}
