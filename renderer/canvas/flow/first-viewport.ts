import type { Viewport } from '@xyflow/react'
import { boundsOf, type Card } from './fitting-viewport.ts'
import type { FlowEdge } from './flow-types.ts'

const margin = 28
/** Smaller than this, cards are hard to read: then the beginning is shown, and the rest is a scroll away. */
const smallestZoom = 0.65

/** What of a drawing is seen first: all of it where that can be read, else its upper left. */
export function firstViewport(
  cards: readonly Card[],
  edges: readonly Pick<FlowEdge, 'data'>[],
  pane: { width: number; height: number },
): Viewport {
  if (cards.length === 0) return { x: 0, y: 0, zoom: 1 }
  const { x: left, y: top, width, height } = boundsOf(cards, edges)
  const fitting = Math.min((pane.width - 2 * margin) / width, (pane.height - 2 * margin) / height)
  const zoom = Math.min(1, Math.max(smallestZoom, fitting))
  const along = (start: number, size: number, room: number): number =>
    Math.round(Math.max(margin, (room - size * zoom) / 2) - start * zoom)
  return { x: along(left, width, pane.width), y: along(top, height, pane.height), zoom }
}
