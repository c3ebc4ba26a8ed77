import { decodeMessage, hasOtherFields } from './codec.ts'
import { onnxError } from './errors.ts'
import { readModel } from './read-model.ts'

/**
 * Refuses, with `onnx.malformed` or `onnx.truncated`, a model with anything that Pipewright does not write: foreign
 * operators, graphs inside of graphs, and above all data that is kept in other files, which a runtime would read.
 */
export function checkOwnModel(bytes: Uint8Array): void {
  if (hasOtherFields(decodeMessage('Model', bytes)))
    throw onnxError('malformed', {
      problem: 'it has parts that Pipewright does not write, such as data in other files',
    })
  readModel(bytes)
}
