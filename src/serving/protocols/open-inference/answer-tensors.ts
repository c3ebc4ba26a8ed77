import type { OutputColumn } from '../../../onnx/session.ts'
import type { PredictionAnswer, ServedModel } from '../../handler.ts'
import { protocolError } from '../errors.ts'
import type { InferRequest, RequestedOutput } from './infer-request.ts'
import { outputTensors, type TensorMetadata } from './model-tensors.ts'

/** A tensor of an answer. */
export interface OutputTensor {
  name: string
  datatype: TensorMetadata['datatype']
  shape: [number, number]
  values: OutputColumn
  isBinary: boolean
}

/** What is to be put out, in the order of the request. Throws `protocol.bad-tensor` for a name that is none. */
export function wantedOutputs(served: ServedModel, request: InferRequest): RequestedOutput[] {
  const { isBinary, outputs } = request
  const tensors = outputTensors(served.signature)
  if (!outputs || outputs.length === 0) return tensors.map(({ name }) => ({ name, isBinary, classes: 0 }))
  for (const { name, classes } of outputs) {
    const tensor = tensors.find((candidate) => candidate.name === name)
    const bad = (problem: string): Error =>
      protocolError('bad-tensor', { tensor: name, model: served.model, problem })
    if (!tensor) throw bad('the model gives no output of this name')
    if (classes > 0 && tensor.datatype === 'BYTES') throw bad('only numbers can be classified')
  }
  return [...outputs]
}

/** The tensors of an answer. What a fallback does not say is left out. */
export function answerTensors(
  served: ServedModel,
  { answer, wanted }: { answer: PredictionAnswer; wanted: readonly RequestedOutput[] },
): OutputTensor[] {
  const rows = answer.predictionIds.length
  const tensors = outputTensors(served.signature)
  return wanted.flatMap(({ name, isBinary, classes }) => {
    const { datatype, shape } = tensors.find((tensor) => tensor.name === name)!
    const values = answer.outputs[name]
    if (values === undefined) return []
    const [, width] = shape
    if (classes === 0) return [{ name, datatype, shape: [rows, width], values, isBinary }]
    const labels = name === 'probabilities' ? served.target.classes : undefined
    const count = Math.min(classes, width)
    const texts = mostProbable(values as Float32Array, { rows, width, count, labels })
    return [{ name, datatype: 'BYTES', shape: [rows, count], values: texts, isBinary }]
  })
}

/** `value:index:label` of the largest values of each row, the largest first. */
function mostProbable(
  values: Float32Array | Float64Array,
  options: { rows: number; width: number; count: number; labels: readonly string[] | undefined },
): string[] {
  const { rows, width, count, labels } = options
  return Array.from({ length: rows }, (_, row) => {
    const own = values.subarray(row * width, (row + 1) * width)
    const order = Array.from(own.keys()).toSorted((one, other) => own[other]! - own[one]! || one - other)
    return order.slice(0, count).map((index) => {
      const label = labels?.[index]
      return `${own[index]!.toFixed(6)}:${index}${label === undefined ? '' : `:${label}`}`
    })
  }).flat()
}
