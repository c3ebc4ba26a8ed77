import { decodeMessage, hasOtherFields } from './codec.ts'
import { onnxError } from './errors.ts'
import { checkParts } from './foreign/check-parts.ts'
import { metadataKeys } from './model-metadata.ts'
import { readMetadata, readModel } from './read-model.ts'

/**
 * Refuses, with `onnx.malformed` or `onnx.truncated`, a model with anything that Pipewright does not write: foreign
 * operators, graphs inside of graphs, and above all data that is kept in other files, which a runtime would read. A
 * model that says that it was imported is held, with `foreign` errors, against what may be imported.
 */
export function checkOwnModel(bytes: Uint8Array): void {
  const model = decodeMessage('Model', bytes)
  if (metadataKeys.imported in readMetadata(bytes)) return checkParts(model)
  if (hasOtherFields(model))
    throw onnxError('malformed', {
      problem: 'it has parts that Pipewright does not write, such as data in other files',
    })
  readModel(bytes)
}
