import type { Edit } from '../core/edits.ts'
import { formatEdge, type PipelineNode } from '../core/pipeline.ts'
import type { NodeFinding } from './propagation.ts'

interface Place {
  node: string
  feeds: Readonly<Record<string, readonly { node: string; port: string }[]>>
  freeNodeId(wish: string): string
}

/** A quick fix that puts a table node between an input port and what feeds it. */
export function insertBefore(
  place: Place,
  port: string,
  insertion: { title: string; id: string; node: PipelineNode },
): NonNullable<NodeFinding['fix']> | undefined {
  const from = place.feeds[port]?.[0]
  if (!from) return undefined
  const id = place.freeNodeId(insertion.id)
  const edits: Edit[] = [
    { kind: 'remove-edge', edge: formatEdge({ from, to: { node: place.node, port } }) },
    { kind: 'add-node', id, node: insertion.node },
    { kind: 'add-edge', edge: formatEdge({ from, to: { node: id, port: 'table' } }) },
    {
      kind: 'add-edge',
      edge: formatEdge({ from: { node: id, port: 'table' }, to: { node: place.node, port } }),
    },
  ]
  return { title: insertion.title, edits }
}
