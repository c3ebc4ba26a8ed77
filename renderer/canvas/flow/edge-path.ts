import type { Point } from './route-edge.ts'

const radius = 10

/** A line along corners, which are rounded, as an SVG path. */
export function pathAlong(corners: readonly Point[]): string {
  let path = ''
  for (const [index, corner] of corners.entries()) {
    const before = corners[index - 1]
    const after = corners[index + 1]
    if (!before) path += `M${corner[0]} ${corner[1]}`
    else if (!after) path += `L${corner[0]} ${corner[1]}`
    else {
      const [x, y] = corner
      const [startX, startY] = towards(corner, before)
      const [endX, endY] = towards(corner, after)
      path += `L${startX} ${startY}Q${x} ${y} ${endX} ${endY}`
    }
  }
  return path
}

/** On the middle of the longest level part, for the foot of a label; null where no part is as long as that. */
export function labelPlace(corners: readonly Point[], length: number): Point | null {
  let best: { place: Point; length: number } | null = null
  for (let index = 1; index < corners.length; index++) {
    const [[fromX, fromY], [toX, toY]] = [corners[index - 1]!, corners[index]!]
    const own = Math.abs(toX - fromX)
    if (fromY === toY && own > length && own > (best?.length ?? 0))
      best = { place: [(fromX + toX) / 2, fromY + 4], length: own }
  }
  return best?.place ?? null
}

/** From a corner, as far as its rounding goes. */
function towards([x, y]: Point, [otherX, otherY]: Point): Point {
  const length = Math.hypot(otherX - x, otherY - y)
  const share = Math.min(radius, length / 2) / length
  return [x + (otherX - x) * share, y + (otherY - y) * share]
}
