import { decodeMessage } from './codec.ts'
import { onnxError } from './errors.ts'
import type { Message } from './messages.ts'
import { operatorSets, type GraphNode } from './model-message.ts'
import { metadataKeys } from './model-metadata.ts'
import { elementTypeOf, type ElementType } from './tensor.ts'

export interface ModelPort {
  /** The column or answer. */
  name: string
  /** What the tensor is called inside the model. */
  tensorName: string
  type: ElementType
  width: number
}

/** Metadata of a model without decoding its graph. */
export function readMetadata(bytes: Uint8Array): Record<string, string> {
  return metadataOf(decodeMessage('ModelHead', bytes))
}

/** Gives the column of an input tensor: of its own name, unless the metadata tell of another. */
export function columnNames(metadata: Readonly<Record<string, string>>): (tensorName: string) => string {
  const names = new Map(Object.entries(parsedNames(metadata[metadataKeys.inputNames] ?? '{}')))
  return (tensorName) => names.get(tensorName) ?? tensorName
}

function parsedNames(text: string): Record<string, string> {
  try {
    return JSON.parse(text) as Record<string, string>
  } catch (cause) {
    throw onnxError('malformed', { problem: 'its names of columns are no JSON' }, { cause })
  }
}

/** The parts of a model that Pipewright wrote, for a builder that continues it. */
export function readModel(bytes: Uint8Array) {
  const model = decodeMessage('Model', bytes)
  const whole = metadataOf(model)
  if (metadataKeys.imported in whole) throw onnxError('imported')
  const { [metadataKeys.inputNames]: _names, ...metadata } = whole
  return {
    metadata,
    inputs: inputsOf(model),
    outputs: (model.graph?.output ?? []).map((info) => portOf(info)),
    constants: model.graph?.initializer ?? [],
    nodes: (model.graph?.node ?? []).map(nodeOf),
  }
}

/** What a model takes, as it says itself. */
export function inputsOf(model: Message<'Model'>): ModelPort[] {
  const columnOf = columnNames(metadataOf(model))
  return (model.graph?.input ?? []).map((info) => portOf(info, columnOf))
}

function metadataOf(model: Message<'Model'> | Message<'ModelHead'>): Record<string, string> {
  return Object.fromEntries((model.metadataProps ?? []).map(({ key = '', value = '' }) => [key, value]))
}

function portOf(info: Message<'ValueInfo'>, columnOf = (tensorName: string) => tensorName): ModelPort {
  const tensorName = info.name ?? ''
  const type = elementTypeOf(info.type?.tensorType?.elemType)
  const width = info.type?.tensorType?.shape?.dim?.[1]?.dimValue
  if (!type || width === undefined)
    throw onnxError('malformed', { problem: `“${tensorName}” is no table of rows` })
  return { name: columnOf(tensorName), tensorName, type, width: Number(width) }
}

function nodeOf(node: Message<'Node'>): GraphNode {
  const { input: inputs = [], output: outputs = [], attribute: attributes = [] } = node
  const set = Object.entries(operatorSets).find(([, { domain }]) => domain === (node.domain ?? ''))
  if (!set) throw onnxError('malformed', { problem: `the operator set “${node.domain}” is unknown` })
  if (attributes.some(({ g, graphs }) => g ?? graphs))
    throw onnxError('malformed', { problem: 'graphs inside of operators are not supported here' })
  return { op: `${set[0]}${set[0] && '.'}${node.opType}`, inputs, outputs, attributes }
}
