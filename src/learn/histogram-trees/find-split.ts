import { binBytes } from './bin-layout.ts'
import { missingBin } from './feature-bins.ts'
import { bestLeafValue, clampTo, leafScore, scoreOfValue, type LeafSums } from './leaf-sums.ts'
import { scanCategories } from './scan-categories.ts'
import { noCandidate, type SplitCandidate } from './split-candidate.ts'
import { boundedScore, inUnits, type Scan, type SplitSearch } from './split-search.ts'

/** Below this share of the scores compared, a gain is rounding noise. */
const noise = 1e-12

/**
 * The split with the largest gain among some places; the lowest place and bin of equal ones. The gain is twice what
 * the split takes off the loss.
 */
export function findSplit(search: SplitSearch): SplitCandidate {
  const scan: Scan = { ...search, best: noCandidate() }
  const { begin, end, wanted, rules } = search.places
  for (let place = begin; place < end; place++) {
    if (!wanted[place]) continue
    if (rules[place]!.isCategory) scanCategories(scan, place)
    else scanNumbers(scan, place)
  }
  const { best } = scan
  if (best.place < 0) return best
  const whole = inUnits(search.leaf.sums, search.units)
  best.gain = best.score - scoreWithin(whole, search)
  if (!(best.gain > search.rules.minimumGain + noise * Math.abs(best.score))) return noCandidate()
  // Where no row of the leaf lacks the value, later ones that do follow the majority.
  if (best.bin >= 0 && !hasMissing(search, best.place)) {
    best.missingLeft = 2 * best.left.hessian > search.leaf.sums.hessian
  }
  return best
}

function hasMissing({ histogram, layout }: SplitSearch, place: number): boolean {
  const at = histogram.at + layout.offsets[place]! / 4
  return histogram.words[at] !== 0 || histogram.words[at + 1] !== 0
}

/** The best score that a leaf can have within its bounds. */
export function scoreWithin(sums: LeafSums, { rules, leaf }: Pick<SplitSearch, 'rules' | 'leaf'>): number {
  const { bounds } = leaf
  if (bounds.lowest === -Infinity && bounds.highest === Infinity) return leafScore(sums, rules)
  return scoreOfValue(clampTo(bestLeafValue(sums, rules), bounds), sums, rules)
}

/** Tries every cut of a feature with its missing values right and, when there are any, left. */
function scanNumbers(scan: Scan, place: number): void {
  if (scan.rows === null && isFree(scan, place)) {
    scanQuickly(scan, place)
    return
  }
  const valueBins = scan.layout.valueBins[place]!
  const canMiss = hasMissing(scan, place)
  // With missing values right, “has a value” is a split as well.
  scanDirection(scan, { place, lastBin: canMiss ? valueBins : valueBins - 1, missingLeft: false })
  if (canMiss) scanDirection(scan, { place, lastBin: valueBins - 1, missingLeft: true })
}

/** No bound and no direction holds the leaves’ values. */
const isFree = ({ places, leaf: { bounds } }: Scan, place: number): boolean =>
  places.rules[place]!.direction === 0 && bounds.lowest === -Infinity && bounds.highest === Infinity

function scanQuickly({ histogram, layout, quickScan, best }: Scan, place: number): void {
  const { words, at } = histogram
  const bins = 4 * at + layout.offsets[place]!
  const found = quickScan(bins, bins + binBytes * (1 + layout.valueBins[place]!))
  for (const side of ['right', 'left'] as const) {
    const { score, last } = found[side]
    if (!(score > best.score)) continue
    best.score = score
    best.place = place
    best.bin = (last - bins) / binBytes
    best.missingLeft = side === 'left'
    best.left = { gradient: 0, hessian: 0 }
    for (let bin = best.missingLeft ? missingBin : 1; bin <= best.bin; bin++) {
      best.left.gradient += words[bins / 4 + 2 * bin + 1]!
      best.left.hessian += words[bins / 4 + 2 * bin]! >>> 0
    }
    best.categoryBits.fill(0)
  }
}

interface Direction {
  place: number
  lastBin: number
  missingLeft: boolean
}

function scanDirection(scan: Scan, direction: Direction): void {
  const { units, rules, best } = scan
  const { sums: totals, rows: allRows } = scan.leaf
  const { place, lastBin, missingLeft } = direction
  const { words } = scan.histogram
  const offset = scan.layout.offsets[place]! / 4
  const at = scan.histogram.at + offset
  const [rowWords, rowsAt] = rowWordsOf(scan, offset)
  const { l1, l2, minimumHessianInLeaf } = rules
  const leastRows = scan.rows ? rules.minimumRowsInLeaf : -Infinity
  const free = isFree(scan, place)
  let gradient = 0
  let hessian = 0
  let rows = 0
  for (let bin = missingLeft ? missingBin : 1; bin <= lastBin; bin++) {
    const here = at + 2 * bin
    gradient += words[here + 1]!
    hessian += words[here]! >>> 0
    rows += rowWords[rowsAt + 2 * bin]!
    if (bin === missingBin || rows < leastRows) continue
    const leftHessian = hessian * units.hessian
    const rightHessian = (totals.hessian - hessian) * units.hessian
    if (leftHessian < minimumHessianInLeaf || hessian === 0) continue
    if (allRows - rows < leastRows || rightHessian < minimumHessianInLeaf || totals.hessian === hessian)
      return
    const leftGradient = gradient * units.gradient
    const rightGradient = (totals.gradient - gradient) * units.gradient
    const left = leftGradient > l1 ? leftGradient - l1 : leftGradient < -l1 ? leftGradient + l1 : 0
    const right = rightGradient > l1 ? rightGradient - l1 : rightGradient < -l1 ? rightGradient + l1 : 0
    const score = free
      ? (left * left) / (leftHessian + l2) + (right * right) / (rightHessian + l2)
      : boundedScore(scan, place, [
          { gradient: leftGradient, hessian: leftHessian },
          { gradient: rightGradient, hessian: rightHessian },
        ])
    if (!(score > best.score)) continue
    best.score = score
    best.place = place
    best.bin = bin
    best.missingLeft = missingLeft
    best.left.gradient = gradient
    best.left.hessian = hessian
    best.categoryBits.fill(0)
  }
}

/** Where rows are counted by bin; the histogram itself where they are not, for a loop without branches. */
function rowWordsOf({ rows, histogram }: Scan, offset: number): [Int32Array, number] {
  return rows === null || rows === 'hessian'
    ? [histogram.words, histogram.at + offset]
    : [rows.words, rows.at + offset]
}
