import { parseEdge, type Pipeline } from '../../../src/core/pipeline.ts'
import { descriptionOf } from '../edits/description-of.ts'
import type { Definitions } from '../edits/title-of.ts'
import { groupNodeId } from './flow-types.ts'
import { groupFrames } from './group-frames.ts'
import { geometryOf, nodeWidth, portSize, type PortPlace } from './node-geometry.ts'
import { placesOf } from './places.ts'
import { isCurveFree, isNear, routeAround, type Lane, type Obstacle, type Point } from './route-edge.ts'

interface Drawn {
  document: Pipeline
  definitions: Definitions
}

interface Card extends Obstacle {
  /** Null for a card that stands for a group: it has one on each side, in the middle. */
  ports: readonly PortPlace[] | null
}

/** Corners by edge, null for one that needs none: a plain curve crosses nothing. */
export type Routes = ReadonlyMap<string, readonly Point[] | null>

interface Routed {
  cards: ReadonlyMap<string, Card>
  edges: Pipeline['edges']
  routes: Routes
}

/**
 * Ways around the cards for all edges that would run behind one. Those far from what moved stay as they are, and all do
 * while nothing is moved or connected.
 */
export function createEdgeRouting(): (drawn: Drawn) => Routes {
  let last: Routed = { cards: new Map(), edges: [], routes: new Map() }
  return (drawn) => {
    const { edges } = drawn.document
    const cards = cardsOf(drawn)
    const changed = changedCards(last.cards, cards)
    if (changed.length > 0 || last.edges !== edges)
      last = { cards, edges, routes: routesOf(drawn.document, { cards, changed, known: last.routes }) }
    return last.routes
  }
}

function routesOf(
  document: Pipeline,
  {
    cards,
    changed,
    known,
  }: { cards: ReadonlyMap<string, Card>; changed: readonly Obstacle[]; known: Routes },
): Routes {
  const folded = foldedNodes(document)
  const obstacles = [...cards.values()]
  const routes = new Map<string, readonly Point[] | null>()
  const lanes: Lane[] = []
  for (const edge of document.edges) {
    const ends = parseEdge(edge)
    const source = cards.get(folded.get(ends.from.node) ?? ends.from.node)
    const target = cards.get(folded.get(ends.to.node) ?? ends.to.node)
    const start = heightOfPort(source, 'output', ends.from.port)
    const end = heightOfPort(target, 'input', ends.to.port)
    if (!source || !target || source === target || start === null || end === null) continue
    const from: Point = [source.right + portSize / 2, source.top + start]
    const to: Point = [target.left - portSize / 2, target.top + end]
    const ports = edge.split(' -> ') as [string, string]
    let corners = changed.some((box) => isNear({ from, to }, box)) ? undefined : known.get(edge)
    if (corners === undefined)
      corners = isCurveFree({ from, to }, obstacles)
        ? null
        : routeAround({ from, to, ports }, { obstacles, lanes })
    routes.set(edge, corners)
    for (let index = 1; index < (corners?.length ?? 0); index++)
      lanes.push({ from: corners![index - 1]!, to: corners![index]!, ports })
  }
  return routes
}

/** Where cards stood that stand elsewhere or are gone, and where they stand now. */
function changedCards(before: ReadonlyMap<string, Card>, now: ReadonlyMap<string, Card>): Obstacle[] {
  const isSame = (a: Card, b: Card | undefined): boolean =>
    b !== undefined && a.left === b.left && a.top === b.top && a.bottom === b.bottom && a.ports === b.ports
  return [
    ...[...before].filter(([id, card]) => !isSame(card, now.get(id))),
    ...[...now].filter(([id, card]) => !isSame(card, before.get(id))),
  ].map(([, card]) => card)
}

/** Of a port below the upper edge of its card; null where it is not known. */
function heightOfPort(card: Card | undefined, side: PortPlace['side'], port: string): number | null {
  if (!card?.ports) return card ? (card.bottom - card.top) / 2 : null
  return card.ports.find((place) => place.side === side && place.port === port)?.y ?? null
}

function foldedNodes({ groups = {} }: Pipeline): Map<string, string> {
  return new Map(
    Object.entries(groups)
      .filter(([, { collapsed }]) => collapsed)
      .flatMap(([id, { nodes }]) => nodes.map((node) => [node, groupNodeId(id)] as const)),
  )
}

function cardsOf({ document, definitions }: Drawn): Map<string, Card> {
  const places = placesOf(document)
  const folded = foldedNodes(document)
  const cards = new Map<string, Card>()
  for (const [id, [left, top]] of places) {
    if (folded.has(id)) continue
    const { height, ports } = geometryOf(descriptionOf(document, id, definitions))
    cards.set(id, {
      left,
      top,
      right: left + nodeWidth,
      bottom: top + height,
      ports,
    })
  }
  const heightOf = (id: string): number => geometryOf(descriptionOf(document, id, definitions)).height
  for (const { id, collapsed, x, y, width, height } of groupFrames(document, { places, heightOf })) {
    if (!collapsed) continue
    const card = { left: x, top: y, right: x + width, bottom: y + height }
    cards.set(groupNodeId(id), { ...card, ports: null })
  }
  return cards
}
