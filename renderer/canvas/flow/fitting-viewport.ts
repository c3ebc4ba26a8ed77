import type { Viewport } from '@xyflow/react'
import type { FlowEdge } from './flow-types.ts'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

interface Insets {
  left: number
  right: number
  top: number
  bottom: number
}

export interface Card {
  position: { x: number; y: number }
  measured?: { width?: number; height?: number }
}

const margin = 28
const smallestZoom = 0.02

/** Around cards, and the edges that run around them. */
export function boundsOf(cards: readonly Card[], edges: readonly Pick<FlowEdge, 'data'>[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  const include = (x: number, y: number): void => {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  for (const { position, measured } of cards) {
    include(position.x, position.y)
    include(position.x + (measured?.width ?? 0), position.y + (measured?.height ?? 0))
  }
  for (const { data } of edges) for (const [x, y] of data?.route ?? []) include(x, y)
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The largest picture, up to its own size, of all of a box that lies under none of the overlays of a pane. */
export function fittingViewport(
  box: Box,
  pane: { width: number; height: number },
  overlays: readonly Box[],
): Viewport {
  let insets: Insets[] = [{ left: margin, right: margin, top: margin, bottom: margin }]
  for (const overlay of overlays)
    insets = insets.flatMap((each) => [each, ...insetsBeside(overlay, { each, pane })])
  const views = insets.map((each) => viewWithin(each, { box, pane }))
  const free = views.filter((view) => overlays.every((overlay) => !isUnder(overlay, { box, view })))
  return (free.length > 0 ? free : views).reduce((best, view) => (view.zoom > best.zoom ? view : best))
}

/** Room left when nothing is to stand beside an overlay, or nothing above or below it. */
function insetsBeside(
  { x, y, width, height }: Box,
  { each, pane }: { each: Insets; pane: { width: number; height: number } },
): Insets[] {
  return [
    x + width / 2 < pane.width / 2
      ? { ...each, left: Math.max(each.left, x + width + margin / 2) }
      : { ...each, right: Math.max(each.right, pane.width - x + margin / 2) },
    y + height / 2 < pane.height / 2
      ? { ...each, top: Math.max(each.top, y + height + margin / 2) }
      : { ...each, bottom: Math.max(each.bottom, pane.height - y + margin / 2) },
  ]
}

function viewWithin(
  { left, right, top, bottom }: Insets,
  { box, pane }: { box: Box; pane: { width: number; height: number } },
): Viewport {
  const width = pane.width - left - right
  const height = pane.height - top - bottom
  const zoom = Math.max(smallestZoom, Math.min(1, width / box.width, height / box.height))
  return {
    x: Math.round(left + (width - box.width * zoom) / 2 - box.x * zoom),
    y: Math.round(top + (height - box.height * zoom) / 2 - box.y * zoom),
    zoom,
  }
}

function isUnder(overlay: Box, { box, view }: { box: Box; view: Viewport }): boolean {
  const x = box.x * view.zoom + view.x
  const y = box.y * view.zoom + view.y
  return (
    x < overlay.x + overlay.width &&
    x + box.width * view.zoom > overlay.x &&
    y < overlay.y + overlay.height &&
    y + box.height * view.zoom > overlay.y
  )
}
