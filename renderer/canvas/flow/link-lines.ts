import { parseEdge, type Pipeline } from '../../../src/core/pipeline.ts'
import { titleOf, type Definitions } from '../edits/title-of.ts'
import type { FlowNode } from './flow-types.ts'

/** A way back that carries no data, as an SVG path from below one card to below another. */
export interface LinkLine {
  id: string
  path: string
  title: string
}

/** How far below the cards it goes. */
const depth = 70

/** The links of a document between cards that are drawn. */
export function linkLines(
  { links = [], nodes: steps }: Pick<Pipeline, 'links' | 'nodes'>,
  { nodes, definitions }: { nodes: readonly FlowNode[]; definitions: Definitions },
): LinkLine[] {
  const boxes = new Map(nodes.map((node) => [node.id, node]))
  return links.flatMap((id) => {
    const { from, to } = parseEdge(id)
    const [source, target] = [boxes.get(from.node), boxes.get(to.node)]
    const [origin, goal] = [steps[from.node], steps[to.node]]
    if (!source || !target || !origin || !goal) return []
    const [startX, startY] = footOf(source)
    const [endX, endY] = footOf(target)
    const lowest = Math.max(startY, endY) + depth
    const path = `M${startX} ${startY}C${startX} ${lowest} ${endX} ${lowest} ${endX} ${endY}`
    return [
      { id, path, title: `${titleOf(origin, definitions)} leads back to ${titleOf(goal, definitions)}` },
    ]
  })
}

function footOf({ position: { x, y }, measured }: FlowNode): [number, number] {
  return [x + (measured?.width ?? 0) / 2, y + (measured?.height ?? 0)]
}
