import type { Edit } from '../../../src/core/edits.ts'
import type { Position } from '../../../src/core/pipeline.ts'

/** A node as a rectangle on the canvas. */
export interface Box {
  id: string
  x: number
  y: number
  width: number
  height: number
}

export const arrangements = ['left', 'centre', 'right', 'top', 'middle', 'bottom', 'across', 'down'] as const
/** Six edges and axes to align at; `across` and `down` make the gaps equal. */
export type Arrangement = (typeof arrangements)[number]

/** Moves boxes into line; none where there are too few of them to tell what is meant. */
export function arrangeEdits(boxes: readonly Box[], arrangement: Arrangement): Edit[] {
  const fewest = arrangement === 'across' || arrangement === 'down' ? 3 : 2
  if (boxes.length < fewest) return []
  const positions = Object.fromEntries(
    placesOf(boxes, arrangement)
      .filter(({ box, place }) => box.x !== place[0] || box.y !== place[1])
      .map(({ box, place }) => [box.id, place]),
  )
  return Object.keys(positions).length === 0 ? [] : [{ kind: 'move-nodes', positions }]
}

function placesOf(boxes: readonly Box[], arrangement: Arrangement): { box: Box; place: Position }[] {
  const left = Math.min(...boxes.map(({ x }) => x))
  const right = Math.max(...boxes.map(({ x, width }) => x + width))
  const top = Math.min(...boxes.map(({ y }) => y))
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height))
  const placed = (place: (box: Box) => [number, number]): { box: Box; place: Position }[] =>
    boxes.map((box) => {
      const [x, y] = place(box)
      return { box, place: [Math.round(x), Math.round(y)] }
    })
  switch (arrangement) {
    case 'left':
      return placed(({ y }) => [left, y])
    case 'centre':
      return placed(({ width, y }) => [(left + right - width) / 2, y])
    case 'right':
      return placed(({ width, y }) => [right - width, y])
    case 'top':
      return placed(({ x }) => [x, top])
    case 'middle':
      return placed(({ x, height }) => [x, (top + bottom - height) / 2])
    case 'bottom':
      return placed(({ x, height }) => [x, bottom - height])
    case 'across': {
      const starts = spread(
        boxes.toSorted((a, b) => a.x - b.x).map(({ id, width }) => ({ id, size: width })),
        {
          from: left,
          to: right,
        },
      )
      return placed(({ id, y }) => [starts.get(id)!, y])
    }
    case 'down': {
      const starts = spread(
        boxes.toSorted((a, b) => a.y - b.y).map(({ id, height }) => ({ id, size: height })),
        {
          from: top,
          to: bottom,
        },
      )
      return placed(({ id, x }) => [x, starts.get(id)!])
    }
  }
}

/** Starts of stretches that share the room between them equally. */
function spread(
  stretches: readonly { id: string; size: number }[],
  { from, to }: { from: number; to: number },
): Map<string, number> {
  const filled = stretches.reduce((sum, { size }) => sum + size, 0)
  const gap = (to - from - filled) / (stretches.length - 1)
  const starts = new Map<string, number>()
  let at = from
  for (const { id, size } of stretches) {
    starts.set(id, at)
    at += size + gap
  }
  return starts
}
