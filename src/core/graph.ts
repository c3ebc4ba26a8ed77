import type { Connection, Pipeline } from './pipeline.ts'

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
  /** One path for each knot of nodes: `['a', 'b', 'a']`. */
  cycles: readonly (readonly string[])[]
  /** Everything that leads to a node, in the order of the file, without the node itself. */
  ancestors(node: string): ReadonlySet<string>
  descendants(node: string): ReadonlySet<string>
}

export function graphOf(pipeline: Pick<Pipeline, 'nodes' | 'edges'>): Graph {
  throw new Error(`not built yet: ${pipeline.edges.length}`)
}
