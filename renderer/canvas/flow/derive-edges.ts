import { parseEdge, type Pipeline } from '../../../src/core/pipeline.ts'
import { descriptionOf } from '../edits/description-of.ts'
import { titleOf, type Definitions } from '../edits/title-of.ts'
import { groupNodeId, type FlowEdge } from './flow-types.ts'
import type { Point } from './route-edge.ts'
import { createEdgeRouting, type Routes } from './route-edges.ts'

interface Drawn {
  document: Pipeline
  definitions: Definitions
  selected: ReadonlySet<string>
}

/** The edges of a document; one that leads into a collapsed group ends at its card. Unchanged ones stay the same objects. */
export function createEdgeDerivation(): (drawn: Drawn) => FlowEdge[] {
  let before = new Map<string, FlowEdge>()
  const routesOf = createEdgeRouting()
  return (drawn) => {
    const after = new Map<string, FlowEdge>()
    for (const edge of flowEdges(drawn, { known: before, routes: routesOf(drawn) })) {
      const old = before.get(edge.id)
      after.set(edge.id, old && looksSame(old, edge) ? old : edge)
    }
    before = after
    return [...after.values()]
  }
}

function flowEdges(
  { document, definitions, selected }: Drawn,
  { known, routes }: { known: ReadonlyMap<string, FlowEdge>; routes: Routes },
): FlowEdge[] {
  const folded = new Map<string, string>()
  for (const [id, group] of Object.entries(document.groups ?? {})) {
    if (group.collapsed) for (const node of group.nodes) folded.set(node, groupNodeId(id))
  }
  return document.edges.flatMap((id): FlowEdge[] => {
    const connection = known.get(id)?.data?.connection ?? parseEdge(id)
    const { from, to } = connection
    const source = folded.get(from.node)
    const target = folded.get(to.node)
    if (source !== undefined && source === target) return []
    const node = document.nodes[from.node]
    if (!node || !document.nodes[to.node]) return []
    const type = descriptionOf(document, from.node, definitions)?.outputs[from.port]?.type ?? null
    return [
      {
        id,
        type: 'data',
        source: source ?? from.node,
        sourceHandle: source === undefined ? from.port : 'out',
        target: target ?? to.node,
        targetHandle: target === undefined ? to.port : 'in',
        selected: selected.has(id),
        data: { connection, type, route: routes.get(id) ?? null },
        ariaLabel: `Connection from ${titleOf(node, definitions)} to ${titleOf(document.nodes[to.node]!, definitions)}`,
      },
    ]
  })
}

const looksSame = (a: FlowEdge, b: FlowEdge): boolean =>
  a.source === b.source &&
  a.target === b.target &&
  a.selected === b.selected &&
  a.ariaLabel === b.ariaLabel &&
  a.data?.type === b.data?.type &&
  isSameWay(a.data?.route ?? null, b.data?.route ?? null)

const isSameWay = (a: readonly Point[] | null, b: readonly Point[] | null): boolean =>
  a === b ||
  (a?.length === b?.length && a!.every(([x, y], index) => x === b![index]![0] && y === b![index]![1]))
