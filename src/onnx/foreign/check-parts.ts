import { otherFieldTags } from '../codec.ts'
import type { Message } from '../messages.ts'
import { foreignError } from './errors.ts'

/**
 * Fields of onnx.proto3 that are no part of our table and do no harm: data of tensors in their typed fields, texts for
 * people, types of inner values.
 */
const harmless = {
  Model: [] as number[],
  Graph: [13, 14, 16],
  Node: [8, 9],
  Attribute: [13, 14, 21],
  Tensor: [4, 5, 7, 10, 11, 12],
}

const domains = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft'])
const oldestOperators = 9

/** Refuses what would make a runtime read other files, or what it may not know. */
export function checkParts(model: Message<'Model'>): void {
  refuseOthers('Model', model)
  for (const { domain = '', version = 0 } of model.opsetImport ?? []) {
    if (!domains.has(domain)) throw foreignError('unknown-operators', { domain })
    if ((domain === '' || domain === 'ai.onnx') && version < oldestOperators)
      throw foreignError('too-old', { version: Number(version) })
  }
  checkGraph(model.graph ?? {})
}

function checkGraph(graph: Message<'Graph'>): void {
  refuseOthers('Graph', graph)
  for (const tensor of graph.initializer ?? []) refuseOthers('Tensor', tensor)
  for (const node of graph.node ?? []) {
    refuseOthers('Node', node)
    if (!domains.has(node.domain ?? ''))
      throw foreignError('unknown-operators', { domain: node.domain ?? '' })
    for (const attribute of node.attribute ?? []) checkAttribute(attribute)
  }
}

function checkAttribute(attribute: Message<'Attribute'>): void {
  refuseOthers('Attribute', attribute)
  if (attribute.t) refuseOthers('Tensor', attribute.t)
  for (const graph of [attribute.g, ...(attribute.graphs ?? [])]) if (graph) checkGraph(graph)
}

function refuseOthers(kind: keyof typeof harmless, message: object): void {
  const harmful = otherFieldTags(message).find((tag) => !harmless[kind].includes(tag))
  if (harmful === undefined) return
  const isElsewhere = kind === 'Tensor' && (harmful === 13 || harmful === 14)
  const problem = isElsewhere
    ? 'some of its numbers are in another file'
    : (partNames[kind] ?? `it has parts (${kind} ${harmful}) that are not known here`)
  throw foreignError('unusable-part', { problem })
}

const partNames: Partial<Record<keyof typeof harmless, string>> = {
  Model: 'it has functions or training parts of its own',
  Graph: 'it has sparse tensors',
}
