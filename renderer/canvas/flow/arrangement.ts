import { parseEdge, type Pipeline, type Position } from '../../../src/core/pipeline.ts'
import { descriptionOf } from '../edits/description-of.ts'
import type { Definitions } from '../edits/title-of.ts'
import { groupNodeId } from './flow-types.ts'
import { frameHeader, framePadding } from './group-frames.ts'
import { geometryOf, nodeMinHeight, nodeWidth, type PortPlace } from './node-geometry.ts'
import { placesOf } from './places.ts'

/** Something to be given a place. */
export interface LaidBox {
  id: string
  width: number
  height: number
  /** Null where edges may begin and end anywhere. */
  ports: readonly PortPlace[] | null
}

/** `port` is null at a box without ports. */
export interface LaidEdge {
  id: string
  from: { box: string; port: string | null }
  to: { box: string; port: string | null }
}

/** Gives each box a place, the first of them near the origin. */
export type PlaceBoxes = (
  boxes: readonly LaidBox[],
  edges: readonly LaidEdge[],
) => Promise<Map<string, Position>>

export interface Arrangement {
  nodes: Record<string, Position>
  notes: Record<string, Position>
}

/**
 * New places for all nodes and notes. The members of a group stay together inside its frame; those of a collapsed one
 * move along with its card, and a note with what it was nearest to.
 */
export async function arrangePipeline(
  document: Pipeline,
  { definitions, place }: { definitions: Definitions; place: PlaceBoxes },
): Promise<Arrangement> {
  const before = placesOf(document)
  const groups = Object.entries(document.groups ?? {}).flatMap(([id, { nodes, collapsed = false }]) => {
    const members = nodes.filter((node) => Object.hasOwn(document.nodes, node))
    return members.length === 0 ? [] : [{ box: groupNodeId(id), members, collapsed }]
  })
  const groupOf = new Map(groups.flatMap(({ box, members }) => members.map((node) => [node, box] as const)))
  const cardOf = (id: string): LaidBox => {
    const { height, ports } = geometryOf(descriptionOf(document, id, definitions))
    return { id, width: nodeWidth, height, ports }
  }
  const edges = edgesOf(document, cardOf)
  const inside = new Map<string, Map<string, Position>>()
  const boxes: LaidBox[] = Object.keys(document.nodes)
    .filter((id) => !groupOf.has(id))
    .map(cardOf)
  for (const { box, members, collapsed } of groups) {
    const places = collapsed
      ? offsetsFrom(members.map((node) => [node, before.get(node)!]))
      : await place(
          members.map(cardOf),
          edges.filter(({ from, to }) => groupOf.get(from.box) === box && groupOf.get(to.box) === box),
        )
    inside.set(box, places)
    boxes.push({ id: box, ...(collapsed ? foldedSize : sizeAround(places, cardOf)), ports: null })
  }
  const outer = await place(boxes, outerEdges(edges, groupOf))
  const nodes: Record<string, Position> = {}
  for (const [id, at] of outer) {
    const members = inside.get(id)
    if (!members) nodes[id] = at
    const isFolded = groups.some(({ box, collapsed }) => box === id && collapsed)
    const [left, top] = isFolded ? [0, 0] : [framePadding, framePadding + frameHeader]
    for (const [node, [x, y]] of members ?? []) nodes[node] = [at[0] + left + x, at[1] + top + y]
  }
  return { nodes, notes: notesAlong(document, { before, nodes }) }
}

const foldedSize = { width: nodeWidth, height: nodeMinHeight }

function sizeAround(places: ReadonlyMap<string, Position>, cardOf: (id: string) => LaidBox) {
  const right = Math.max(...[...places.values()].map(([x]) => x + nodeWidth))
  const bottom = Math.max(...[...places].map(([id, [, y]]) => y + cardOf(id).height))
  return { width: right + 2 * framePadding, height: bottom + 2 * framePadding + frameHeader }
}

function offsetsFrom(places: readonly (readonly [string, Position])[]): Map<string, Position> {
  const left = Math.min(...places.map(([, [x]]) => x))
  const top = Math.min(...places.map(([, [, y]]) => y))
  return new Map(places.map(([id, [x, y]]) => [id, [x - left, y - top]]))
}

function edgesOf({ edges }: Pipeline, cardOf: (id: string) => LaidBox): LaidEdge[] {
  const isKnown = (node: string, side: PortPlace['side'], port: string): boolean =>
    cardOf(node).ports!.some((place) => place.side === side && place.port === port)
  return edges.flatMap((id) => {
    const { from, to } = parseEdge(id)
    if (!isKnown(from.node, 'output', from.port) || !isKnown(to.node, 'input', to.port)) return []
    return [{ id, from: { box: from.node, port: from.port }, to: { box: to.node, port: to.port } }]
  })
}

/** Those between boxes, where a group is one. */
function outerEdges(edges: readonly LaidEdge[], groupOf: ReadonlyMap<string, string>): LaidEdge[] {
  const end = ({ box, port }: LaidEdge['from']): LaidEdge['from'] => {
    const group = groupOf.get(box)
    return group === undefined ? { box, port } : { box: group, port: null }
  }
  return edges
    .map(({ id, from, to }) => ({ id, from: end(from), to: end(to) }))
    .filter(({ from, to }) => from.box !== to.box || from.port !== null)
}

function notesAlong(
  { notes = {} }: Pipeline,
  { before, nodes }: { before: ReadonlyMap<string, Position>; nodes: Readonly<Record<string, Position>> },
): Record<string, Position> {
  const distance = ([x, y]: Position, [otherX, otherY]: Position): number =>
    Math.hypot(x - otherX, y - otherY)
  return Object.fromEntries(
    Object.entries(notes).map(([id, { at }]): [string, Position] => {
      const [nearest] = [...before].toSorted(([, a], [, b]) => distance(a, at) - distance(b, at))
      const now = nearest && nodes[nearest[0]]
      return [id, now ? [at[0] + now[0] - nearest[1][0], at[1] + now[1] - nearest[1][1]] : [...at]]
    }),
  )
}
