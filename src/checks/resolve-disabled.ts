import { graphOfConnections, type Graph } from '../core/graph.ts'
import { ownValue } from '../core/own-value.ts'
import { formatEdge, parseEdge, type Connection, type Pipeline } from '../core/pipeline.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import { inputsOf, namesOfType, outputsOf } from './ports.ts'

/** A pipeline as it would run. */
export interface LivePipeline {
  /** Without disabled nodes, and without what cannot run for want of them. */
  pipeline: Pipeline
  /** Of that pipeline. */
  graph: Graph
  /** An edge of the document each, in its order, with the output that it really carries. */
  wires: readonly Wire[]
  disabled: readonly string[]
  /** Nodes that are left out although they are not disabled, each with the disabled node that it waits for. */
  skipped: ReadonlyMap<string, string>
}

export interface Wire extends Connection {
  /** The edge as it stands in the document. */
  edge: string
}

type Definitions = ReadonlyMap<string, AnyNodeDefinition>

/**
 * Takes disabled nodes out. A disabled node passes its first connected input of the same type through; where it has
 * none, the edge is gone. A node is skipped when an input that it needs has no edge left.
 */
export function resolveDisabled(pipeline: Pipeline, definitions: Definitions): LivePipeline {
  const disabled = Object.keys(pipeline.nodes).filter((id) => pipeline.nodes[id]!.disabled)
  const written = pipeline.edges.map((edge): Wire => ({ edge, ...parseEdge(edge) }))
  const sourceOf = passThrough({ pipeline, definitions, written })
  const wires: Wire[] = []
  const cut: CutWire[] = []
  for (const { edge, from, to } of written) {
    const source = sourceOf(from)
    if (source) wires.push({ edge, from: source, to })
    else cut.push({ to, cause: from.node })
  }
  const skipped = skippedNodes({ pipeline, definitions, wires, cut })
  const isLive = (id: string) =>
    Object.hasOwn(pipeline.nodes, id) && !pipeline.nodes[id]!.disabled && !skipped.has(id)
  const liveWires = wires.filter(({ from, to }) => isLive(from.node) && isLive(to.node))
  const nodes = Object.fromEntries(Object.entries(pipeline.nodes).filter(([id]) => isLive(id)))
  return {
    pipeline: { ...pipeline, nodes, edges: liveWires.map(formatEdge) },
    graph: graphOfConnections(Object.keys(nodes), liveWires),
    wires: liveWires,
    disabled,
    skipped,
  }
}

type Output = Connection['from']

/** Finds the output that an output stands for: itself, or what a disabled node passes through; null for nothing. */
function passThrough(options: {
  pipeline: Pipeline
  definitions: Definitions
  /** The edges of the pipeline as they stand there. */
  written: readonly Wire[]
}): (from: Output) => Output | null {
  const { pipeline, definitions, written } = options
  const isDisabled = (node: string) => ownValue(pipeline.nodes, node)?.disabled === true
  const feeding = new Map<string, Output>()
  for (const { from, to } of written) {
    const key = `${to.node}.${to.port}`
    if (isDisabled(to.node) && !feeding.has(key)) feeding.set(key, from)
  }
  const replacement = ({ node, port }: Output): Output | undefined => {
    const definition = definitions.get(pipeline.nodes[node]!.type)
    const type = definition && ownValue(outputsOf(definition), port)?.type
    const names = definition && type ? namesOfType(inputsOf(definition), type) : []
    const connected = names.find((name) => feeding.has(`${node}.${name}`))
    return connected === undefined ? undefined : feeding.get(`${node}.${connected}`)
  }
  return (from) => {
    const passed = new Set<string>()
    let output: Output | undefined = from
    while (output && isDisabled(output.node)) {
      // Disabled nodes in a circle pass nothing through.
      if (passed.has(output.node)) return null
      passed.add(output.node)
      output = replacement(output)
    }
    return output ?? null
  }
}

interface CutWire {
  to: Connection['to']
  /** The disabled node for whose sake there is nothing. */
  cause: string
}

function skippedNodes(options: {
  pipeline: Pipeline
  definitions: Definitions
  wires: readonly Wire[]
  cut: readonly CutWire[]
}): Map<string, string> {
  const { pipeline, definitions, wires, cut } = options
  const left = new Map<string, number>()
  const outgoing = Map.groupBy(wires, ({ from }) => from.node)
  for (const { to } of wires) left.set(portKey(to), (left.get(portKey(to)) ?? 0) + 1)
  const skipped = new Map<string, string>()
  const waiting = [...cut]
  for (let wire = waiting.shift(); wire; wire = waiting.shift()) {
    const { to, cause } = wire
    const node = ownValue(pipeline.nodes, to.node)
    if (!node || node.disabled || skipped.has(to.node)) continue
    const definition = definitions.get(node.type)
    const isOptional = definition && ownValue(inputsOf(definition), to.port)?.optional
    if (isOptional || (left.get(portKey(to)) ?? 0) > 0) continue
    skipped.set(to.node, cause)
    for (const { to: next } of outgoing.get(to.node) ?? []) {
      left.set(portKey(next), left.get(portKey(next))! - 1)
      waiting.push({ to: next, cause })
    }
  }
  return skipped
}

const portKey = ({ node, port }: Connection['to']): string => `${node}.${port}`
