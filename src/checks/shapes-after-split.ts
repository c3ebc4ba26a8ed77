import type { Shape } from '../core/columns.ts'
import type { Shapes } from '../node-kit/propagation.ts'
import { tableOn, type Flow } from './flow.ts'
import { inputShapes, outputShapes } from './node-shapes.ts'
import type { Wire } from './resolve-disabled.ts'

/**
 * The shapes of all nodes behind an edge if a split stood on it: not every node keeps the split of every table that it
 * is fed.
 */
export function shapesAfterSplit(flow: Flow, put: Wire): ReadonlyMap<string, Shapes> {
  const { inspection, params, propagation, wires } = flow
  const table = tableOn(put, flow)
  const changed = new Map<string, Shapes>()
  if (!table) return changed
  const incoming = Map.groupBy(wires, ({ to }) => to.node)
  const shapeOn = (wire: Wire): Shape | undefined =>
    wire === put
      ? { ...table, split: ['train', 'test'] }
      : (changed.get(wire.from.node) ?? propagation.shapes.get(wire.from.node))?.[wire.from.port]
  for (const id of inspection.graph.order) {
    const typed = inspection.nodes.get(id)
    const feeding = incoming.get(id) ?? []
    const isTouched = feeding.some((wire) => wire === put || changed.has(wire.from.node))
    const inputs = typed && isTouched && !propagation.guessed.has(id) && inputShapes(typed, feeding, shapeOn)
    if (!inputs) continue
    const feed = { typed, params: params.get(id), inputs, wires: feeding, probed: null }
    changed.set(id, outputShapes(feed, inspection).shapes)
  }
  return changed
}
