import type { Pipeline, Position } from '../../../src/core/pipeline.ts'
import { nodeMinHeight, nodeWidth } from './node-geometry.ts'

export interface GroupFrame {
  id: string
  collapsed: boolean
  members: readonly string[]
  x: number
  y: number
  width: number
  height: number
}

export const frameHeader = 32
export const framePadding = 20

/** The frame of each group that has members: around them or, collapsed, a card where they begin. */
export function groupFrames(
  document: Pick<Pipeline, 'groups' | 'nodes'>,
  { places, heightOf }: { places: ReadonlyMap<string, Position>; heightOf: (node: string) => number },
): GroupFrame[] {
  return Object.entries(document.groups ?? {}).flatMap(([id, group]) => {
    const members = group.nodes.filter((node) => Object.hasOwn(document.nodes, node))
    if (members.length === 0) return []
    const boxes = members.map((node) => ({ at: places.get(node)!, height: heightOf(node) }))
    const left = Math.min(...boxes.map(({ at }) => at[0])) - framePadding
    const top = Math.min(...boxes.map(({ at }) => at[1])) - framePadding - frameHeader
    const right = Math.max(...boxes.map(({ at }) => at[0] + nodeWidth)) + framePadding
    const bottom = Math.max(...boxes.map(({ at, height }) => at[1] + height)) + framePadding
    const collapsed = group.collapsed === true
    return {
      id,
      collapsed,
      members,
      x: collapsed ? left + framePadding : left,
      y: collapsed ? top + framePadding + frameHeader : top,
      width: collapsed ? nodeWidth : right - left,
      height: collapsed ? nodeMinHeight : bottom - top,
    }
  })
}
