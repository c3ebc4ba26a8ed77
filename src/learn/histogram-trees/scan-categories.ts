import { boundedScore, inUnits, type Scan } from './split-search.ts'

/** A category needs the hessian of so many rows to be told apart; it also steadies the order of rare ones. */
const steadyingRows = 10

/**
 * Tries to put categories into two groups: in the order of their gradient over hessian, the first ones or the last
 * ones go left, since the best of all groups is among these (Fisher 1958). What is rare in the leaf, missing or unknown
 * goes right.
 */
export function scanCategories(scan: Scan, place: number): void {
  const order = steadyCategories(scan, place)
  const most = Math.ceil(order.length / 2)
  scanPrefixes(scan, place, order.slice(0, most))
  scanPrefixes(scan, place, order.toReversed().slice(0, most))
}

function steadyCategories({ histogram, layout, leaf, rules }: Scan, place: number): number[] {
  const { words } = histogram
  const offset = layout.offsets[place]! / 4
  const at = histogram.at + offset
  const perRow = leaf.sums.hessian / Math.max(leaf.rows, 1)
  const steadying = Math.min(steadyingRows, rules.minimumRowsInLeaf) * perRow
  const keys: { bin: number; key: number }[] = []
  for (let bin = 1; bin <= layout.valueBins[place]!; bin++) {
    const hessian = words[at + 2 * bin]! >>> 0
    if (hessian === 0 || hessian < steadying) continue
    keys.push({ bin, key: words[at + 2 * bin + 1]! / (hessian + steadying) })
  }
  return keys.toSorted((a, b) => a.key - b.key || a.bin - b.bin).map(({ bin }) => bin)
}

function scanPrefixes(scan: Scan, place: number, order: readonly number[]): void {
  const { histogram, layout, units, rules, best } = scan
  const { sums: totals, rows: allRows } = scan.leaf
  const offset = layout.offsets[place]! / 4
  const left = { gradient: 0, hessian: 0 }
  let rows = 0
  for (const [index, bin] of order.entries()) {
    const at = histogram.at + offset + 2 * bin
    left.hessian += histogram.words[at]! >>> 0
    left.gradient += histogram.words[at + 1]!
    rows += rowsOfBin(scan, offset + 2 * bin)
    const right = { gradient: totals.gradient - left.gradient, hessian: totals.hessian - left.hessian }
    const sides = [inUnits(left, units), inUnits(right, units)] as const
    if (scan.rows && (rows < rules.minimumRowsInLeaf || allRows - rows < rules.minimumRowsInLeaf)) continue
    if (sides.some(({ hessian }) => hessian < rules.minimumHessianInLeaf || hessian <= 0)) continue
    const score = boundedScore(scan, place, sides)
    if (!(score > best.score)) continue
    best.score = score
    Object.assign(best, { place, bin: -1, missingLeft: false, left: { ...left } })
    best.categoryBits.fill(0)
    for (const member of order.slice(0, index + 1)) best.categoryBits[member >> 5]! |= 1 << (member & 31)
  }
}

function rowsOfBin({ rows, histogram }: Scan, word: number): number {
  if (rows === null) return 0
  return rows === 'hessian' ? histogram.words[histogram.at + word]! : rows.words[rows.at + word]!
}
