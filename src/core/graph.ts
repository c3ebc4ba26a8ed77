import { findCycles, topologicalOrder, type Arrows } from './graph-order.ts'
import { parseEdge, type Connection, type Pipeline } from './pipeline.ts'

/** The nodes and edges of a pipeline, ready to be asked. Edges whose ends are not both there are left out. */
export interface Graph {
  /** Ids in the order of the file. */
  nodes: readonly string[]
  connections: readonly Connection[]
  /** Connections that end at a node, in the order of the edges. */
  into(node: string): readonly Connection[]
  outOf(node: string): readonly Connection[]
  /** Inputs first; among what is ready, the order of the file. Nodes on a cycle, or behind one, are left out. */
  order: readonly string[]
  /** The shortest way round for each knot of nodes: `['a', 'b', 'a']`. */
  cycles: readonly (readonly string[])[]
  /** Everything that leads to a node, in the order of the file; the node itself only when it is on a cycle. */
  ancestors(node: string): ReadonlySet<string>
  descendants(node: string): ReadonlySet<string>
}

export function graphOf({ nodes, edges }: Pick<Pipeline, 'nodes' | 'edges'>): Graph {
  return graphOfConnections(Object.keys(nodes), edges.map(parseEdge))
}

/** Takes time in proportion to nodes and edges, but for those on cycles. */
export function graphOfConnections(nodes: readonly string[], all: readonly Connection[]): Graph {
  const incoming = new Map<string, Connection[]>(nodes.map((node) => [node, []]))
  const outgoing = new Map<string, Connection[]>(nodes.map((node) => [node, []]))
  const connections = all.filter(({ from, to }) => outgoing.has(from.node) && incoming.has(to.node))
  for (const connection of connections) {
    outgoing.get(connection.from.node)!.push(connection)
    incoming.get(connection.to.node)!.push(connection)
  }
  const into = (node: string): readonly Connection[] => incoming.get(node) ?? []
  const outOf = (node: string): readonly Connection[] => outgoing.get(node) ?? []
  const upward: Arrows = (node) => into(node).map(({ from }) => from.node)
  const downward: Arrows = (node) => outOf(node).map(({ to }) => to.node)
  const order = topologicalOrder({ nodes, upward, downward })
  const ordered = new Set(order)
  return {
    nodes,
    connections,
    into,
    outOf,
    order,
    cycles: findCycles({ nodes: nodes.filter((node) => !ordered.has(node)), upward, downward }),
    ancestors: (node) => reachable(node, { nodes, arrows: upward }),
    descendants: (node) => reachable(node, { nodes, arrows: downward }),
  }
}

function reachable(
  start: string,
  { nodes, arrows }: { nodes: readonly string[]; arrows: Arrows },
): Set<string> {
  const found = new Set<string>()
  const waiting = [...arrows(start)]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (found.has(node)) continue
    found.add(node)
    for (const next of arrows(node)) waiting.push(next)
  }
  return new Set(nodes.filter((node) => found.has(node)))
}
