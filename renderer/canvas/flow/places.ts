import { graphOf } from '../../../src/core/graph.ts'
import type { Pipeline, Position } from '../../../src/core/pipeline.ts'
import { nodeMinHeight, nodeWidth } from './node-geometry.ts'

const columnPitch = nodeWidth + 80
const rowPitch = nodeMinHeight + 40

/** Where each node stands: as its file says, else a column for each step away from the sources. */
export function placesOf(document: Pick<Pipeline, 'nodes' | 'edges' | 'layout'>): Map<string, Position> {
  const ids = Object.keys(document.nodes)
  const places = new Map<string, Position>()
  for (const id of ids) if (Object.hasOwn(document.layout, id)) places.set(id, document.layout[id]!)
  if (places.size === ids.length) return places
  const graph = graphOf(document)
  const columns = new Map<string, number>()
  const filled = new Map<number, number>()
  const below = places.size === 0 ? 0 : Math.max(...[...places.values()].map(([, y]) => y)) + rowPitch
  for (const id of new Set([...graph.order, ...ids])) {
    const column = Math.max(0, ...graph.into(id).map(({ from }) => (columns.get(from.node) ?? -1) + 1))
    columns.set(id, column)
    if (places.has(id)) continue
    const row = filled.get(column) ?? 0
    filled.set(column, row + 1)
    places.set(id, [column * columnPitch, below + row * rowPitch])
  }
  return places
}
