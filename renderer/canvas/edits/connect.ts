import type { NodeDescription } from '../../../src/contract/nodes-contract.ts'
import type { Edit } from '../../../src/core/edits.ts'
import { graphOf, type Graph } from '../../../src/core/graph.ts'
import { formatEdge, parseEdge, type Connection, type Pipeline } from '../../../src/core/pipeline.ts'
import type { OpenEnd } from '../../state/open-end.ts'
import { descriptionOf } from './description-of.ts'
import { titleOf, type Definitions } from './title-of.ts'

interface Wish {
  document: Pipeline
  definitions: Definitions
  connection: Connection
}

/** Why two ports cannot be connected, as a sentence; null when they can. An input that is taken is taken over. */
export function refusalOf({ document, definitions, connection }: Wish): string | null {
  const { from, to } = connection
  const source = document.nodes[from.node]
  const target = document.nodes[to.node]
  if (!source || !target) return 'One of the nodes is not there any more.'
  if (from.node === to.node) return 'A node cannot feed itself.'
  const output = descriptionOf(document, from.node, definitions)?.outputs[from.port]
  const input = descriptionOf(document, to.node, definitions)?.inputs[to.port]
  const nameOf = (id: string): string => titleOf(document.nodes[id]!, definitions)
  if (!output) return `“${nameOf(from.node)}” has no output “${from.port}”.`
  if (!input) return `“${nameOf(to.node)}” has no input “${to.port}”.`
  if (output.type !== input.type)
    return `“${nameOf(from.node)}” gives a ${output.type} here, but “${nameOf(to.node)}” takes a ${input.type}.`
  if (document.edges.includes(formatEdge(connection))) return 'These two are connected already.'
  if (graphFor(document).ancestors(from.node).has(to.node))
    return `“${nameOf(to.node)}” comes before “${nameOf(from.node)}”: they would wait for each other.`
  return null
}

const graphs = new WeakMap<Pipeline, Graph>()

/** Every port of a pipeline may be asked about at once. */
function graphFor(document: Pipeline): Graph {
  let graph = graphs.get(document)
  if (!graph) {
    graph = graphOf(document)
    graphs.set(document, graph)
  }
  return graph
}

/** Connects two ports; what fed an input that takes one edge only is taken off it. */
export function connectEdits({ document, definitions, connection }: Wish): Edit[] {
  const { to } = connection
  const takesMany = descriptionOf(document, to.node, definitions)?.inputs[to.port]?.many === true
  const before = takesMany
    ? []
    : document.edges.filter((edge) => {
        const end = parseEdge(edge).to
        return end.node === to.node && end.port === to.port
      })
  return [
    ...before.map((edge): Edit => ({ kind: 'remove-edge', edge })),
    { kind: 'add-edge', edge: formatEdge(connection) },
  ]
}

/** The ports of a node type that an open end can be connected with. */
export function fittingPorts(
  description: NodeDescription,
  { end, document, definitions }: { end: OpenEnd; document: Pipeline; definitions: Definitions },
): string[] {
  const definition = descriptionOf(document, end.node, definitions)
  const type = (end.side === 'output' ? definition?.outputs : definition?.inputs)?.[end.port]?.type
  const ports = end.side === 'output' ? description.inputs : description.outputs
  return Object.keys(ports).filter((name) => ports[name]!.type === type)
}

export const connectionOf = (end: OpenEnd, other: { node: string; port: string }): Connection => {
  const here = { node: end.node, port: end.port }
  return end.side === 'output' ? { from: here, to: other } : { from: other, to: here }
}
