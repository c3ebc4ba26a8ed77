import { columnNamed, type TableShape } from '../core/columns.ts'
import { graphOf, type Graph } from '../core/graph.ts'
import { formatEdge, formatPort, type Connection, type Pipeline, type Port } from '../core/pipeline.ts'
import type { Shapes } from '../node-kit/propagation.ts'

export const sampleSize = 2_000

/** What tells of a pipeline whose sub-pipelines stand in place. */
export interface SamplingOptions {
  /** Nodes that read data from elsewhere. */
  sources: ReadonlySet<string>
  shapes: ReadonlyMap<string, Shapes>
  /** Parsed parameters of joins, by node. */
  joins: ReadonlyMap<string, JoinKeys>
}

export interface JoinKeys {
  keys: readonly { left: string; right?: string | undefined }[]
}

/**
 * The pipeline with a sample in place of each table that a source gives. What is joined later stays together: of a table
 * on the right of a join come the rows whose keys the sample on the left has. `samples` are the nodes that were put in,
 * each with the port that it stands for.
 */
export function sampleSources(
  pipeline: Pipeline,
  options: SamplingOptions,
): { pipeline: Pipeline; samples: ReadonlyMap<string, Port> } {
  const graph = graphOf(pipeline)
  const tables = new Map(
    graph.connections
      .filter(({ from }) => options.sources.has(from.node) && tableAt(options, from))
      .map(({ from }) => [formatPort(from), from] as const),
  )
  const ties = tiesOf(graph, tables, options)
  const nodes = { ...pipeline.nodes }
  const samples = new Map<string, Port>()
  const edges = graph.connections.map(({ from, to }) =>
    tables.has(formatPort(from))
      ? formatEdge({ from: { node: sampleOf(from), port: 'table' }, to })
      : formatEdge({ from, to }),
  )
  for (const [name, port] of tables) {
    const node = sampleOf(port)
    const tie = ties.get(name)
    samples.set(node, port)
    nodes[node] = tie ? partnersNode(tie) : sampleNode
    edges.push(formatEdge({ from: port, to: { node, port: tie ? 'left' : 'table' } }))
    if (tie)
      edges.push(formatEdge({ from: { node: sampleOf(tie.to), port: 'table' }, to: { node, port: 'right' } }))
  }
  return { pipeline: { ...pipeline, nodes, edges }, samples }
}

const sampleOf = ({ node, port }: Port): string => `${node}/sample-${port}`

const sampleNode: Pipeline['nodes'][string] = {
  type: 'features.sample',
  version: 1,
  params: { size: 'rows', rows: sampleSize },
}

const partnersNode = ({ keys }: Tie): Pipeline['nodes'][string] => ({
  type: 'features.join',
  version: 1,
  params: { kind: 'semi', keys: keys.map(({ left, right = left }) => ({ left: right, right: left })) },
})

/** A table whose rows are the partners of those of another. */
interface Tie extends JoinKeys {
  to: Port
}

function tiesOf(
  graph: Graph,
  tables: ReadonlyMap<string, Port>,
  options: SamplingOptions,
): ReadonlyMap<string, Tie> {
  const ties = new Map<string, Tie>()
  const hangsOn = (table: Port, other: string): boolean => {
    for (let at: Port | undefined = table; at; at = ties.get(formatPort(at))?.to)
      if (formatPort(at) === other) return true
    return false
  }
  for (const node of graph.order) {
    const { keys } = options.joins.get(node) ?? { keys: [] }
    const [left, right] = ['left', 'right'].map((port) => originOf({ node, port }, graph, tables))
    if (keys.length === 0 || !left || !right) continue
    const name = formatPort(right)
    if (ties.has(name) || hangsOn(left, name)) continue
    const [leftShape, rightShape] = [tableAt(options, left), tableAt(options, right)]
    // Keys that are made on the way are not there to sample by.
    const areThere = keys.every(
      (key) => columnNamed(leftShape!, key.left) && columnNamed(rightShape!, key.right ?? key.left),
    )
    if (areThere) ties.set(name, { to: left, keys })
  }
  return ties
}

/** The source that the rows at an input come from, by way of first inputs. */
function originOf(input: Port, graph: Graph, tables: ReadonlyMap<string, Port>): Port | undefined {
  const intoPort = ({ to }: Connection): boolean => to.port === input.port
  let into = graph.into(input.node).find(intoPort)
  for (let steps = graph.nodes.length; into && steps > 0; steps--) {
    const table = tables.get(formatPort(into.from))
    if (table) return table
    into = graph.into(into.from.node)[0]
  }
  return undefined
}

function tableAt({ shapes }: SamplingOptions, { node, port }: Port): TableShape | undefined {
  const shape = shapes.get(node)?.[port]
  return shape?.kind === 'table' ? shape : undefined
}
