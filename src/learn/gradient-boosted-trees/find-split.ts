import { numbersPerBin, type HistogramLayout } from './histograms.ts'
import { leafScore, shrink, sumsWithout, type LeafSums, type Penalties } from './leaf-sums.ts'

/** Rows in bins up to `bin` go left, the others right; rows without a value as `missingLeft` says. */
export interface Split {
  feature: number
  bin: number
  missingLeft: boolean
  gain: number
  left: LeafSums
  right: LeafSums
}

export interface SplitRules extends Penalties {
  minimumRowsInLeaf: number
  minimumHessianInLeaf: number
  minimumGain: number
}

/** Below this share of the scores compared, a gain is rounding noise. */
const noise = 1e-12

interface Candidate extends LeafSums {
  place: number
  bin: number
  missingLeft: boolean
  score: number
}

/**
 * The split of a leaf with the largest gain, or null when none is allowed. Of equal ones the first counts: lowest
 * feature, missing values right before left, lowest bin.
 */
export function findSplit(options: {
  histogram: Float64Array
  layout: HistogramLayout
  sums: LeafSums
  rules: SplitRules
}): Split | null {
  const { layout, sums, rules } = options
  const best: Candidate = {
    place: -1,
    bin: 0,
    missingLeft: false,
    score: 0,
    gradient: 0,
    hessian: 0,
    rows: 0,
  }
  for (let place = 0; place < layout.features.length; place++) scanFeature({ ...options, place, best })
  if (best.place < 0) return null
  const gain = best.score - leafScore(sums, rules)
  if (!(gain > rules.minimumGain + noise * best.score)) return null
  const left = { gradient: best.gradient, hessian: best.hessian, rows: best.rows }
  const right = sumsWithout(sums, left)
  const missingSeen = options.histogram[layout.offsets[best.place]! + 2]! > 0
  return {
    feature: layout.features[best.place]!,
    bin: best.bin,
    // Where no row of the leaf lacks the value, later ones that do follow the majority.
    missingLeft: missingSeen ? best.missingLeft : left.rows > right.rows,
    gain,
    left,
    right,
  }
}

/** Tries every cut of a feature with its missing values right and, when there are any, left. */
function scanFeature(options: {
  histogram: Float64Array
  layout: HistogramLayout
  sums: LeafSums
  rules: SplitRules
  place: number
  best: Candidate
}): void {
  const { histogram, layout, place } = options
  const hasMissing = histogram[layout.offsets[place]! + 2]! > 0
  const valueBins = layout.valueBins[place]!
  // With missing values right, “has a value” is a split as well.
  scanDirection({ ...options, lastBin: hasMissing ? valueBins : valueBins - 1, missingLeft: false })
  if (hasMissing) scanDirection({ ...options, lastBin: valueBins - 1, missingLeft: true })
}

function scanDirection(options: {
  histogram: Float64Array
  layout: HistogramLayout
  sums: LeafSums
  rules: SplitRules
  place: number
  lastBin: number
  missingLeft: boolean
  best: Candidate
}): void {
  const { histogram, sums, place, lastBin, missingLeft, best } = options
  const { l1, l2, minimumRowsInLeaf, minimumHessianInLeaf } = options.rules
  const offset = options.layout.offsets[place]!
  let gradient = missingLeft ? histogram[offset]! : 0
  let hessian = missingLeft ? histogram[offset + 1]! : 0
  let rows = missingLeft ? histogram[offset + 2]! : 0
  for (let bin = 1; bin <= lastBin; bin++) {
    const at = offset + numbersPerBin * bin
    gradient += histogram[at]!
    hessian += histogram[at + 1]!
    rows += histogram[at + 2]!
    if (rows < minimumRowsInLeaf || hessian < minimumHessianInLeaf) continue
    const hessianRight = sums.hessian - hessian
    if (sums.rows - rows < minimumRowsInLeaf || hessianRight < minimumHessianInLeaf) return
    const left = shrink(gradient, l1)
    const right = shrink(sums.gradient - gradient, l1)
    const score = (left * left) / (hessian + l2) + (right * right) / (hessianRight + l2)
    if (score <= best.score) continue
    best.place = place
    best.bin = bin
    best.missingLeft = missingLeft
    best.score = score
    best.gradient = gradient
    best.hessian = hessian
    best.rows = rows
  }
}
