import type { Message } from './messages.ts'
import { metadataKeys } from './model-metadata.ts'
import { elementCodes, type ElementType } from './tensor.ts'

export interface GraphNode {
  /** With the prefix `ml.` or `ms.` where it is not an operator of ONNX itself. */
  op: string
  /** Values; an input or output that is left out is ''. */
  inputs: readonly string[]
  outputs: readonly string[]
  attributes: readonly Message<'Attribute'>[]
}

/** An input or output: the value inside the graph that bears the public name. */
export interface GraphPort {
  name: string
  value: string
  type: ElementType
  width: number
  /** As many as the model is given when absent. */
  rows?: number
}

export interface GraphParts {
  nodes: readonly GraphNode[]
  constants: ReadonlyMap<string, Message<'Tensor'>>
  inputs: readonly GraphPort[]
  outputs: readonly GraphPort[]
  metadata: Readonly<Record<string, string>>
}

/** Operator sets by the prefix of an operator's name. */
export const operatorSets = {
  '': { domain: '', version: 20 },
  ml: { domain: 'ai.onnx.ml', version: 5 },
  ms: { domain: 'com.microsoft', version: 1 },
} as const

/** The model of a graph: only what the outputs need, under names that cannot collide. */
export function modelMessage(parts: GraphParts): Message<'Model'> {
  const { nodes, inputs, constants } = neededParts(parts)
  const names = nameValues({ nodes, inputs, constants, outputs: parts.outputs })
  const renamed = inputs.filter(({ name, value }) => names.of(value) !== name)
  const metadata: Record<string, string> = { ...parts.metadata }
  if (renamed.length > 0)
    metadata[metadataKeys.inputNames] = JSON.stringify(
      Object.fromEntries(renamed.map(({ name, value }) => [names.of(value), name])),
    )
  return {
    irVersion: 9,
    producerName: 'pipewright',
    graph: {
      node: [...nodes.map((node) => nodeMessage(node, names.of)), ...names.copies],
      name: 'pipeline',
      initializer: Array.from(constants, ([value, tensor]) => ({ ...tensor, name: names.of(value) })),
      input: inputs.map((port) => portMessage(port, names.of(port.value))),
      output: parts.outputs.map((port) => portMessage(port, port.name)),
    },
    opsetImport: usedOperatorSets(nodes),
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  }
}

/** What the outputs depend on, in the order it was put in. */
export function neededParts({ nodes, inputs, constants, outputs }: GraphParts) {
  const needed = new Set(outputs.map(({ value }) => value))
  const neededNodes: GraphNode[] = []
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue
    neededNodes.push(node)
    for (const input of node.inputs) needed.add(input)
  }
  return {
    nodes: neededNodes.toReversed(),
    inputs: inputs.filter(({ value }) => needed.has(value)),
    constants: new Map([...constants].filter(([value]) => needed.has(value))),
  }
}

/**
 * Outputs bear their own names, inputs theirs unless an output has it, all else v0, v1, …. An output that is an
 * input, a constant or another output's value is a copy of it.
 */
function nameValues(parts: Pick<GraphParts, 'nodes' | 'inputs' | 'constants' | 'outputs'>) {
  const taken = new Set(parts.outputs.map(({ name }) => name))
  const nameOf = new Map([['', '']])
  const name = (value: string, wanted: string, next: (wanted: string) => string): void => {
    let free = wanted
    while (taken.has(free)) free = next(free)
    taken.add(free)
    nameOf.set(value, free)
  }
  for (const input of parts.inputs) name(input.value, input.name || 'column', (wanted) => `${wanted} (input)`)
  const computed = new Set(parts.nodes.flatMap(({ outputs }) => outputs))
  const copied: GraphPort[] = []
  for (const output of parts.outputs) {
    if (computed.has(output.value) && !nameOf.has(output.value)) nameOf.set(output.value, output.name)
    else copied.push(output)
  }
  let count = 0
  const number = () => `v${count++}`
  for (const value of [...parts.constants.keys(), ...computed])
    if (!nameOf.has(value)) name(value, number(), number)
  const of = (value: string): string => {
    const known = nameOf.get(value)
    if (known === undefined) throw new TypeError(`Nothing in the graph makes the value ${value}`)
    return known
  }
  const copies = copied.map(({ name: output, value }) => ({
    input: [of(value)],
    output: [output],
    opType: 'Identity',
  }))
  return { of, copies }
}

function nodeMessage(node: GraphNode, nameOf: (value: string) => string): Message<'Node'> {
  const { set, opType } = operatorOf(node.op)
  return {
    input: node.inputs.map(nameOf),
    output: node.outputs.map(nameOf),
    opType,
    attribute: node.attributes,
    ...(set.domain !== '' && { domain: set.domain }),
  }
}

function operatorOf(op: string) {
  const [first = '', second] = op.split('.')
  if (second === undefined) return { set: operatorSets[''], opType: first }
  if (first !== 'ml' && first !== 'ms') throw new TypeError(`There is no operator set ${first}`)
  return { set: operatorSets[first], opType: second }
}

function usedOperatorSets(nodes: readonly GraphNode[]): Message<'OperatorSet'>[] {
  const used = new Set(nodes.map(({ op }) => operatorOf(op).set))
  return Object.values(operatorSets).filter((set) => set.domain === '' || used.has(set))
}

function portMessage({ type, width, rows }: GraphPort, name: string): Message<'ValueInfo'> {
  const shape = { dim: [rows === undefined ? { dimParam: 'N' } : { dimValue: rows }, { dimValue: width }] }
  return { name, type: { tensorType: { elemType: elementCodes[type], shape } } }
}
