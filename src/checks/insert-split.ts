import type { z } from 'zod'
import type { Finding } from '../core/finding.ts'
import { formatEdge, parseEdge } from '../core/pipeline.ts'
import { insertBefore } from '../node-kit/insert-before.ts'
import type { Flow } from './flow.ts'
import { freeNodeId } from './free-node-id.ts'
import { nameOf } from './inspection.ts'
import type { Wire } from './resolve-disabled.ts'
import { rewire } from './rewire.ts'

const splitType = 'features.split'

/** The fix that lets an input have its rows from a split: from one that takes them already, else from a new one. */
export function insertSplit(flow: Flow, entry: Wire): Finding['fix'] | undefined {
  const { inspection } = flow
  const { document } = inspection
  const sibling = splitOfSameTable(flow, entry)
  if (sibling) {
    const edits = rewire(document, [[entry.edge, formatEdge({ from: sibling, to: entry.to })]])
    return { title: `Take the rows from “${nameOf(document.nodes[sibling.node]!, sibling.node)}”`, edits }
  }
  const definition = inspection.definitions.get(splitType)
  if (!definition || !(definition.params as z.ZodType).safeParse({}).success) return undefined
  const { node, port } = entry.to
  return insertBefore(
    {
      node,
      feeds: { [port]: [parseEdge(entry.edge).from] },
      freeNodeId: (wish) => freeNodeId(document, wish),
    },
    port,
    {
      title: 'Split the table before this node',
      id: 'split',
      node: { type: splitType, version: definition.version, params: {} },
    },
  )
}

/** The output of a node that splits the very table. */
function splitOfSameTable({ wires, propagation }: Flow, { from, to }: Wire) {
  for (const wire of wires) {
    if (wire.from.node !== from.node || wire.from.port !== from.port || wire.to.node === to.node) continue
    const shapes = propagation.shapes.get(wire.to.node) ?? {}
    for (const [port, shape] of Object.entries(shapes)) {
      if (shape.kind === 'table' && shape.split !== null && shape.splitBy === wire.to.node) {
        return { node: wire.to.node, port }
      }
    }
  }
  return undefined
}
