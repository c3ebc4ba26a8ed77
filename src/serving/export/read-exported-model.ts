import { columnNames, readMetadata } from '../../onnx/read-model.ts'
import { decodeMessage } from '../../onnx/codec.ts'
import type { Message } from '../../onnx/messages.ts'
import { elementTypeOf } from '../../onnx/tensor.ts'
import type { ExportedModel, ExportedTensor } from './exported-model.ts'

/** The tensors of a model that is in the registry, its own or imported. */
export function readExportedModel(
  bytes: Uint8Array,
  { name, version }: { name: string; version: number },
): ExportedModel {
  const { graph } = decodeMessage('Model', bytes)
  const columnOf = columnNames(readMetadata(bytes))
  const inputs = (graph?.input ?? []).map(tensorOf)
  const renamed = inputs.filter((input) => columnOf(input.name) !== input.name)
  return {
    name,
    version,
    inputs,
    outputs: (graph?.output ?? []).map(tensorOf),
    renamed: Object.fromEntries(renamed.map((input) => [input.name, columnOf(input.name)])),
  }
}

function tensorOf({ name = '', type }: Message<'ValueInfo'>): ExportedTensor {
  const element = elementTypeOf(type?.tensorType?.elemType)
  if (element !== 'float32' && element !== 'float64' && element !== 'string')
    throw new TypeError(`${name} is no tensor of a model that the registry has`)
  return { name, type: element, width: Number(type?.tensorType?.shape?.dim?.[1]?.dimValue ?? 1) }
}
