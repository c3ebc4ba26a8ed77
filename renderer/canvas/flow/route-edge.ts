export type Point = readonly [x: number, y: number]

export interface Obstacle {
  left: number
  top: number
  right: number
  bottom: number
}

/** A straight part of an edge that is drawn already, and the ports it belongs to. */
export interface Lane {
  from: Point
  to: Point
  ports: readonly [string, string]
}

interface Way {
  from: Point
  to: Point
  ports: readonly [string, string]
}

interface Surroundings {
  obstacles: readonly Obstacle[]
  lanes: readonly Lane[]
}

/** Kept free around a card. */
const clearance = 5
/** How far from a port, or from a card, an edge may turn; several, so that edges need not lie on each other. */
const turns = [14, 22, 30, 38] as const
const laneWidth = 6
/** How far outside of its ends an edge looks for a way. */
const reach = 320
const costOfBend = 16
const costOfShared = 400
const costOfHit = 4000
const curveParts = 24

/** Whether the curve that React Flow draws from an output to an input on its right touches no card. */
export function isCurveFree({ from, to }: Pick<Way, 'from' | 'to'>, obstacles: readonly Obstacle[]): boolean {
  const width = to[0] - from[0]
  if (width < 0) return false
  const near = obstacles.filter((box) => touches(box, from, to))
  if (near.length === 0) return true
  let before = from
  for (let part = 1; part <= curveParts; part++) {
    const t = part / curveParts
    const s = 1 - t
    const x = from[0] + width * (1.5 * t * s + t * t * t)
    const y = from[1] + (to[1] - from[1]) * t * t * (3 - 2 * t)
    const now: Point = [x, y]
    if (near.some((box) => touches(box, before, now))) return false
    before = now
  }
  return true
}

/**
 * The corners of a way of level and upright parts from an output to an input: the shortest that has few bends, crosses
 * no card and lies on no edge of other ports; where there is none, the one that offends least.
 */
export function routeAround(way: Way, surroundings: Surroundings): Point[] {
  const { from, to } = way
  const { obstacles, lanes } = nearTo(way, surroundings)
  const costOf = (a: Point, b: Point): number =>
    Math.abs(a[0] - b[0]) +
    Math.abs(a[1] - b[1]) +
    costOfHit * count(obstacles, (box) => touches(box, a, b)) +
    costOfShared * count(lanes, (lane) => isShared(lane, a, b))
  let best: { points: Point[]; cost: number } | null = null
  for (const level of levelsBetween(from, to, obstacles)) {
    const atLeast = Math.abs(from[1] - level) + Math.abs(to[1] - level) + Math.abs(to[0] - from[0])
    if (best && atLeast >= best.cost) break
    // The turns at both ends are chosen apart: together they would be as many more to look at.
    const [out, into] = [from, to].map((end, index) => {
      const places = turns.map((turn) => end[0] + (index === 0 ? turn : -turn))
      const costs = places.map((x) => costOf(end, [x, end[1]]) + costOf([x, end[1]], [x, level]))
      return places[costs.indexOf(Math.min(...costs))]!
    }) as [number, number]
    const points = withoutIdle([from, [out, from[1]], [out, level], [into, level], [into, to[1]], to])
    let cost = costOfBend * points.length
    for (let index = 1; index < points.length; index++) cost += costOf(points[index - 1]!, points[index]!)
    if (!best || cost < best.cost) best = { points, cost }
  }
  return best!.points
}

/** Whether a card is near enough to an edge to decide about its way. */
export function isNear(
  { from, to }: Pick<Way, 'from' | 'to'>,
  { left, top, right, bottom }: Obstacle,
): boolean {
  return (
    Math.min(from[0], to[0]) - reach < right &&
    Math.max(from[0], to[0]) + reach > left &&
    Math.min(from[1], to[1]) - reach < bottom &&
    Math.max(from[1], to[1]) + reach > top
  )
}

/** What an edge can meet on its way, with its detours. */
function nearTo(way: Way, { obstacles, lanes }: Surroundings): Surroundings {
  const { ports } = way
  return {
    obstacles: obstacles.filter((box) => isNear(way, box)),
    lanes: lanes.filter(
      ({ from, to, ports: others }) =>
        others[0] !== ports[0] &&
        others[1] !== ports[1] &&
        isNear(way, {
          left: Math.min(from[0], to[0]),
          right: Math.max(from[0], to[0]),
          top: Math.min(from[1], to[1]),
          bottom: Math.max(from[1], to[1]),
        }),
    ),
  }
}

/** Heights at which an edge can run: those of its ends, and above and below each card; the nearest first. */
function levelsBetween(from: Point, to: Point, obstacles: readonly Obstacle[]): number[] {
  const levels = new Set([from[1], to[1]])
  for (const { top, bottom } of obstacles) {
    for (const turn of turns) {
      levels.add(top - turn)
      levels.add(bottom + turn)
    }
  }
  const detour = (level: number): number => Math.abs(from[1] - level) + Math.abs(to[1] - level)
  return [...levels].toSorted((a, b) => detour(a) - detour(b))
}

function touches({ left, top, right, bottom }: Obstacle, a: Point, b: Point): boolean {
  return (
    Math.max(a[0], b[0]) > left - clearance &&
    Math.min(a[0], b[0]) < right + clearance &&
    Math.max(a[1], b[1]) > top - clearance &&
    Math.min(a[1], b[1]) < bottom + clearance
  )
}

/** Whether two parts of the same direction lie on each other for some of their length. */
function isShared({ from, to }: Lane, a: Point, b: Point): boolean {
  const across = a[0] === b[0] ? 0 : 1
  if (from[across] !== to[across] || Math.abs(from[across] - a[across]) >= laneWidth) return false
  const along = 1 - across
  const start = Math.max(Math.min(from[along]!, to[along]!), Math.min(a[along]!, b[along]!))
  const end = Math.min(Math.max(from[along]!, to[along]!), Math.max(a[along]!, b[along]!))
  return end - start > laneWidth
}

/** Without corners that are none. */
function withoutIdle(points: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)]
    if (last && last[0] === point[0] && last[1] === point[1]) continue
    if (before && last && (isLine(before, last, point, 0) || isLine(before, last, point, 1))) kept.pop()
    kept.push(point)
  }
  return kept
}

const isLine = (a: Point, b: Point, c: Point, axis: 0 | 1): boolean =>
  a[axis] === b[axis] && b[axis] === c[axis]

function count<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let found = 0
  for (const item of items) if (holds(item)) found++
  return found
}
