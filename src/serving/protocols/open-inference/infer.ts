import type { PredictionAnswer, PredictionHandler, PredictionRequest, ServedModel } from '../../handler.ts'
import { stickyKeysOf } from '../../traffic/sticky-keys.ts'
import type { Found } from '../find-served.ts'
import { answerTensors, wantedOutputs, type OutputTensor } from './answer-tensors.ts'
import type { InferRequest } from './infer-request.ts'
import { readTensorColumns } from './read-columns.ts'

/** What a model says to tensors. */
export interface Inference {
  answer: PredictionAnswer
  outputs: readonly OutputTensor[]
}

export interface InferContext extends Omit<PredictionRequest, 'chunk' | 'version' | 'stickyKeys'> {
  request: InferRequest
  /** Of the request, by its name in small letters. */
  header: (name: string) => unknown
}

/** Asks the model that was found; whoever sent the tensors, and in whatever form. */
export async function infer(
  handler: PredictionHandler,
  { served, version, candidates }: Found,
  { request, header, ...context }: InferContext,
): Promise<Inference> {
  const outputs = wantedOutputs(served, request)
  const tensors = request.inputs
  const chunk = readTensorColumns(served, { tensors, stickyBy: handler.stickyBy })
  const column = (name: string) => tensors.find((tensor) => tensor.name === name)?.values
  const stickyKeys = stickyKeysOf(handler.stickyBy, { header, column })
  const answer = await handler.predict({ ...context, chunk, version, stickyKeys })
  const speaker = versionOf(candidates, answer) ?? served
  return { answer, outputs: answerTensors(speaker, { answer, wanted: outputs }) }
}

function versionOf(
  candidates: readonly ServedModel[],
  { model, version }: PredictionAnswer,
): ServedModel | undefined {
  return candidates.find((served) => served.model === model && served.version === version)
}
