import type { ElkNode } from 'elkjs/lib/elk-api.js'
import type { Pipeline, Position } from '../../../src/core/pipeline.ts'
import type { Definitions } from '../edits/title-of.ts'
import { arrangePipeline, type Arrangement, type LaidBox, type LaidEdge } from './arrangement.ts'

const grid = 20

/** Places from left to right in layers with few crossings. Loads its engine, in a worker, when first asked. */
export async function layOut(document: Pipeline, definitions: Definitions): Promise<Arrangement> {
  const [{ default: Elk }, { default: LayoutWorker }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?worker'),
  ])
  const elk = new Elk({ workerFactory: () => new LayoutWorker() })
  const snap = (value = 0): number => Math.round(value / grid) * grid
  try {
    return await arrangePipeline(document, {
      definitions,
      async place(boxes, edges) {
        const { children = [] } = await elk.layout(asElkGraph(boxes, edges))
        return new Map(children.map(({ id, x, y }): [string, Position] => [id, [snap(x), snap(y)]]))
      },
    })
  } finally {
    elk.terminateWorker()
  }
}

function asElkGraph(boxes: readonly LaidBox[], edges: readonly LaidEdge[]): ElkNode {
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
    children: boxes.map(({ id, width, height, ports }) => ({
      id,
      width,
      height,
      ...(ports && {
        layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
        ports: ports.map(({ port, side, y }) => ({
          id: portId(id, side, port),
          x: side === 'input' ? 0 : width,
          y,
          width: 0,
          height: 0,
          layoutOptions: { 'elk.port.side': side === 'input' ? 'WEST' : 'EAST' },
        })),
      }),
    })),
    edges: edges.map(({ id, from, to }) => ({
      id,
      sources: [from.port === null ? from.box : portId(from.box, 'output', from.port)],
      targets: [to.port === null ? to.box : portId(to.box, 'input', to.port)],
    })),
  }
}

const portId = (node: string, side: 'input' | 'output', port: string): string => `${node} ${side} ${port}`
