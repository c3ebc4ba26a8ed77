import { apportion, type ByPart } from './apportion.ts'

type Counts = [number, number, number]
const parts = [0, 1, 2] as const
type Part = (typeof parts)[number]

/**
 * How many rows of each class go to each part so that every class keeps the shares (each count is the exact share
 * rounded up or down) while the parts have the sizes that the shares give for all rows together. Such a table always
 * exists (controlled rounding: Cox, JASA 1987); it is found by rounding each class for itself, then moving single
 * rows where that costs least. Of classes that are equally good to move, the earlier in the list moves.
 */
export function stratify(classSizes: readonly number[], shares: ByPart): Counts[] {
  const table: Table = { counts: classSizes.map((size) => apportion(size, shares)), classSizes, shares }
  const wanted = apportion(
    classSizes.reduce((sum, size) => sum + size, 0),
    shares,
  )
  for (;;) {
    const surplus = parts.map(
      (part) => table.counts.reduce((sum, count) => sum + count[part], 0) - wanted[part],
    )
    const from = parts.find((part) => surplus[part]! > 0)
    if (from === undefined) return table.counts
    const to = parts.find((part) => surplus[part]! < 0)!
    moveRows(table, { from, to, most: Math.min(surplus[from]!, -surplus[to]!) })
  }
}

interface Table {
  counts: Counts[]
  classSizes: readonly number[]
  shares: ByPart
}

/** Moves a row of at least one and at most `most` classes, through the third part where that is the only way. */
function moveRows(table: Table, { from, to, most }: { from: Part; to: Part; most: number }): void {
  const direct = movableClasses(table, from, to)
  if (direct.length > 0) return move(table, direct.slice(0, most), { from, to })
  const between = parts.find((part) => part !== from && part !== to)!
  const there = movableClasses(table, from, between)
  const onward = movableClasses(table, between, to)
  const count = Math.min(there.length, onward.length, most)
  if (count === 0) throw new Error('no row can be moved between the parts')
  move(table, there.slice(0, count), { from, to: between })
  move(table, onward.slice(0, count), { from: between, to })
}

/** Classes that were rounded up in one part and down in the other, the least costly to change first. */
function movableClasses({ counts, classSizes, shares }: Table, from: Part, to: Part): number[] {
  const excess = (index: number, part: Part): number =>
    counts[index]![part] - classSizes[index]! * shares[part]
  const gain = (index: number): number => excess(index, from) - excess(index, to)
  return counts
    .map((_, index) => index)
    .filter((index) => excess(index, from) > 1e-9 && excess(index, to) < -1e-9)
    .sort((a, b) => gain(b) - gain(a) || a - b)
}

function move({ counts }: Table, classes: readonly number[], { from, to }: { from: Part; to: Part }): void {
  for (const index of classes) {
    counts[index]![from] -= 1
    counts[index]![to] += 1
  }
}
