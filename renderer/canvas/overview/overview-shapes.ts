import type { FlowEdge, FlowNode } from '../flow/flow-types.ts'
import type { Point } from '../flow/route-edge.ts'

/** A card as it is drawn from far away. */
export interface CardShape {
  id: string
  x: number
  y: number
  width: number
  height: number
  isSelected: boolean
}

/** Edges of one kind, as points to be connected. */
export interface EdgeShapes {
  type: string | null
  isSelected: boolean
  lines: readonly (readonly Point[])[]
}

export interface OverviewShapes {
  cards: readonly CardShape[]
  edges: readonly EdgeShapes[]
}

/** What a drawing comes to where only outlines can be seen. */
export function overviewShapes(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): OverviewShapes {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const kinds = new Map<string, { type: string | null; isSelected: boolean; lines: (readonly Point[])[] }>()
  for (const { source, sourceHandle, target, targetHandle, data, selected = false } of edges) {
    const from = portOf(byId.get(source), sourceHandle, 'source')
    const to = portOf(byId.get(target), targetHandle, 'target')
    if (!from || !to) continue
    const type = data?.type ?? null
    const key = `${type} ${selected}`
    let kind = kinds.get(key)
    if (!kind) kinds.set(key, (kind = { type, isSelected: selected, lines: [] }))
    kind.lines.push(wayOf(data?.route ?? null, from, to))
  }
  const cards = nodes
    .filter(({ type }) => type === 'step')
    .map(({ id, position: { x, y }, measured, selected = false }): CardShape => ({
      id,
      x,
      y,
      width: measured?.width ?? 0,
      height: measured?.height ?? 0,
      isSelected: selected,
    }))
  return { cards, edges: [...kinds.values()].toSorted((a, b) => Number(a.isSelected) - Number(b.isSelected)) }
}

/** The last card, which lies above the others, at a place. */
export function cardAt(nodes: readonly FlowNode[], { x, y }: { x: number; y: number }): string | null {
  const found = nodes.findLast(
    ({ type, position, measured }) =>
      type === 'step' &&
      x >= position.x &&
      y >= position.y &&
      x <= position.x + (measured?.width ?? 0) &&
      y <= position.y + (measured?.height ?? 0),
  )
  return found?.id ?? null
}

/** The way around cards, unless an end has moved away from it. */
function wayOf(route: readonly Point[] | null, from: Point, to: Point): readonly Point[] {
  const isCurrent = route !== null && isNear(route[0]!, from) && isNear(route.at(-1)!, to)
  return isCurrent ? route : [from, to]
}

/** As far as the middle of a port is from its edge. */
const near = 8
const isNear = (a: Point, b: Point): boolean => Math.abs(a[0] - b[0]) <= near && Math.abs(a[1] - b[1]) <= near

function portOf(
  node: FlowNode | undefined,
  port: string | null | undefined,
  side: 'source' | 'target',
): Point | null {
  const handle = node?.handles?.find(({ id, type }) => id === port && type === side)
  if (!node || !handle) return null
  const { x, y, width = 0, height = 0 } = handle
  return [node.position.x + x + width / 2, node.position.y + y + height / 2]
}
