import type { ElkNode } from 'elkjs/lib/elk-api.js'
import { parseEdge, type Pipeline, type Position } from '../../../src/core/pipeline.ts'
import { descriptionOf } from '../edits/description-of.ts'
import type { Definitions } from '../edits/title-of.ts'
import { geometryOf, nodeWidth } from './node-geometry.ts'

const grid = 20

/** Places for all nodes, from left to right in layers with few crossings. Loads its engine, in a worker, when first asked. */
export async function layOut(
  document: Pipeline,
  definitions: Definitions,
): Promise<Record<string, Position>> {
  const [{ default: Elk }, { default: LayoutWorker }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?worker'),
  ])
  const elk = new Elk({ workerFactory: () => new LayoutWorker() })
  try {
    const { children = [] } = await elk.layout(asElkGraph(document, definitions))
    const snap = (value = 0): number => Math.round(value / grid) * grid
    return Object.fromEntries(children.map(({ id, x, y }): [string, Position] => [id, [snap(x), snap(y)]]))
  } finally {
    elk.terminateWorker()
  }
}

function asElkGraph(document: Pipeline, definitions: Definitions): ElkNode {
  return {
    id: 'pipeline',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': '80',
      'elk.spacing.nodeNode': '40',
      'elk.spacing.componentComponent': '80',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      // A long chain would be a line that nobody can read: it goes on in another row.
      'elk.aspectRatio': '1.6',
      'elk.layered.wrapping.strategy': 'MULTI_EDGE',
      'elk.layered.wrapping.additionalEdgeSpacing': '20',
      'elk.layered.wrapping.correctionFactor': '1.2',
    },
    children: Object.keys(document.nodes).map((id) => {
      const { height, ports } = geometryOf(descriptionOf(document, id, definitions))
      return {
        id,
        width: nodeWidth,
        height,
        layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
        ports: ports.map(({ port, side, y }) => ({
          id: portId(id, side, port),
          x: side === 'input' ? 0 : nodeWidth,
          y,
          width: 0,
          height: 0,
          layoutOptions: { 'elk.port.side': side === 'input' ? 'WEST' : 'EAST' },
        })),
      }
    }),
    edges: document.edges.flatMap((id) => {
      const { from, to } = parseEdge(id)
      const isKnown = (node: string, side: 'input' | 'output', port: string): boolean =>
        geometryOf(descriptionOf(document, node, definitions)).ports.some(
          (place) => place.side === side && place.port === port,
        )
      if (!isKnown(from.node, 'output', from.port) || !isKnown(to.node, 'input', to.port)) return []
      return [
        {
          id,
          sources: [portId(from.node, 'output', from.port)],
          targets: [portId(to.node, 'input', to.port)],
        },
      ]
    }),
  }
}

const portId = (node: string, side: 'input' | 'output', port: string): string => `${node} ${side} ${port}`
