import type { OverviewColours } from './overview-colours.ts'
import type { CardShape, EdgeShapes, OverviewShapes } from './overview-shapes.ts'

export interface OverviewPicture {
  shapes: OverviewShapes
  /** As React Flow has it: left, top, zoom. */
  transform: readonly [number, number, number]
  /** Of the pane, in pixels of the page. */
  size: { width: number; height: number }
  /** Pixels of the screen to one of the page. */
  density: number
  colours: OverviewColours
  stageOf: (card: string) => string
  stateOf: (card: string) => string
  isDisabled: (card: string) => boolean
}

type Context = CanvasRenderingContext2D

/** Of `.step-shape`, in canvas units. */
const border = 6
const stripe = 26
const outline = 8
/** Below this zoom a border is less than half a pixel. */
const plainZoom = 0.08

/** Draws all cards and edges at once: plain boxes and lines, which is all that can be seen from far away. */
export function drawOverview(context: Context, picture: OverviewPicture): void {
  const { shapes, transform, size, density } = picture
  const [left, top, zoom] = transform
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, size.width * density, size.height * density)
  context.setTransform(density * zoom, 0, 0, density * zoom, density * left, density * top)
  const seen = {
    left: -left / zoom,
    top: -top / zoom,
    right: (size.width - left) / zoom,
    bottom: (size.height - top) / zoom,
  }
  for (const kind of shapes.edges) strokeEdges(context, kind, picture)
  for (const card of shapes.cards)
    if (
      card.x < seen.right &&
      card.y < seen.bottom &&
      card.x + card.width > seen.left &&
      card.y + card.height > seen.top
    )
      fillCard(context, card, picture)
}

function strokeEdges(context: Context, kind: EdgeShapes, { colours, transform }: OverviewPicture): void {
  const zoom = transform[2]
  context.beginPath()
  for (const [start, ...rest] of kind.lines) {
    context.moveTo(...start!)
    for (const point of rest) context.lineTo(...point)
  }
  context.lineWidth = Math.max(kind.isSelected ? 2.5 : 1.75, 1 / zoom)
  context.strokeStyle = kind.isSelected ? colours.accent : colours.edge(kind.type)
  context.stroke()
}

function fillCard(context: Context, card: CardShape, picture: OverviewPicture): void {
  const { colours, stageOf, stateOf, isDisabled, transform } = picture
  const { id, x, y, width, height } = card
  const colour = colours.card(stageOf(id), stateOf(id))
  context.globalAlpha = isDisabled(id) ? 0.5 : 1
  if (card.isSelected) {
    context.fillStyle = colours.accent
    context.fillRect(x - outline, y - outline, width + 2 * outline, height + 2 * outline)
  }
  context.fillStyle = colour.border
  context.fillRect(x, y, width, height)
  if (transform[2] >= plainZoom) {
    context.fillStyle = colour.fill
    context.fillRect(x + stripe, y + border, width - stripe - border, height - 2 * border)
  }
  context.fillStyle = colour.stripe
  context.fillRect(x, y, stripe, height)
}
