/** The pieces of an axis that a mark made by keyboard goes by. */
export interface MarkCells {
  count: number
  /** In values of the axis, from the beginning of one piece to the end of another. */
  extent: (first: number, last: number) => readonly [number, number]
}

/** First and last piece of a mark, on each axis that it goes along. */
export interface CellMark {
  x: readonly [number, number]
  y: readonly [number, number] | null
}

const pieces = 20

/** As many pieces of one width between the least and the largest value. */
export function evenCells(values: Float64Array): MarkCells {
  let [least, most] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  const edge = (index: number): number =>
    index === pieces ? most : least + ((most - least) * index) / pieces
  return { count: least <= most ? pieces : 0, extent: (first, last) => [edge(first), edge(last + 1)] }
}

/** A piece for each place of an axis of categories. */
export function placeCells(count: number): MarkCells {
  return { count, extent: (first, last) => [first, last] }
}

/** The mark after a key: arrows move it, with Shift they widen it or make it smaller, Escape takes it away. */
export function markAfter(
  mark: CellMark | null,
  { key, shiftKey }: { key: string; shiftKey: boolean },
  cells: { x: MarkCells; y: MarkCells | null },
): CellMark | null | undefined {
  if (key === 'Escape') return mark ? null : undefined
  const axis = key === 'ArrowLeft' || key === 'ArrowRight' ? 'x' : 'y'
  const step =
    key === 'ArrowRight' || key === 'ArrowUp' ? 1 : key === 'ArrowLeft' || key === 'ArrowDown' ? -1 : 0
  const along = cells[axis]
  if (step === 0 || !along || cells.x.count === 0) return undefined
  if (!mark) return { x: middle(cells.x), y: cells.y && middle(cells.y) }
  const [first, last] = mark[axis]!
  const moved = shiftKey ? ([first, last + step] as const) : ([first + step, last + step] as const)
  if (moved[0] < 0 || moved[1] >= along.count || moved[1] < moved[0]) return mark
  return { ...mark, [axis]: moved }
}

function middle({ count }: MarkCells): readonly [number, number] {
  const place = Math.floor((count - 1) / 2)
  return [place, place]
}
