import type { Random } from '../../tables/random.ts'
import { missingBin } from '../histogram-trees/feature-bins.ts'
import type { NodeHistogram } from './node-histogram.ts'

export interface NodeSplit {
  place: number
  /** Bins up to this one go left. */
  bin: number
  missingLeft: boolean
  /** What both sides add up to. */
  score: number
}

/** A node, and a feature that is counted. */
export interface NodeCuts {
  place: number
  valueBins: number
  /** Between the bins. */
  cuts: Float32Array
  rows: number
  totals: Float64Array
  minimumRowsInLeaf: number
}

/** The best cut of a feature that is counted, better than `best`; else `best` again. */
export function bestCut(
  histogram: NodeHistogram,
  options: NodeCuts & { best: NodeSplit | null },
): NodeSplit | null {
  const { valueBins } = options
  const hasMissing = histogram.counts[missingBin]! > 0
  let best = scan(histogram, {
    ...options,
    first: 1,
    last: hasMissing ? valueBins : valueBins - 1,
    missingLeft: false,
  })
  if (hasMissing)
    best = scan(histogram, { ...options, best, first: 1, last: valueBins - 1, missingLeft: true })
  return best
}

/** One cut, drawn evenly between the lowest and the highest value of the node; missing values go to either side. */
export function randomCut(
  histogram: NodeHistogram,
  options: NodeCuts & { best: NodeSplit | null; random: Random },
): NodeSplit | null {
  const { counts } = histogram
  const { valueBins, cuts, random } = options
  let low = 1
  while (low <= valueBins && counts[low] === 0) low++
  let high = valueBins
  while (high > low && counts[high] === 0) high--
  const missingLeft = counts[missingBin]! > 0 && random.below(2) === 0
  const value = random.unit()
  if (low > high || (low === high && counts[missingBin] === 0)) return options.best
  // Where all values are in one bin, they are told apart from missing ones.
  const bin = low === high ? low : drawnBin({ cuts, low, high, value })
  return scan(histogram, {
    ...options,
    first: bin,
    last: bin,
    missingLeft: low === high ? false : missingLeft,
  })
}

/** Evenly by value, between the upper edges of the lowest bin and of the last but one; by bin where one is infinite. */
function drawnBin({
  cuts,
  low,
  high,
  value,
}: {
  cuts: Float32Array
  low: number
  high: number
  value: number
}): number {
  const from = cuts[low - 1]!
  const to = cuts[high - 2]!
  const drawn = from + value * (to - from)
  if (!Number.isFinite(drawn)) return low + Math.floor(value * (high - low))
  let bin = low
  while (bin < high - 1 && cuts[bin]! <= drawn) bin++
  return bin
}

function scan(
  histogram: NodeHistogram,
  options: NodeCuts & { best: NodeSplit | null; first: number; last: number; missingLeft: boolean },
): NodeSplit | null {
  const { place, rows, totals, minimumRowsInLeaf, first, last, missingLeft } = options
  const { sums, counts, width } = histogram
  const left = new Float64Array(width)
  const right = new Float64Array(width)
  let { best } = options
  let leftRows = 0
  for (let bin = missingLeft ? missingBin : 1; bin <= last; bin++) {
    if (counts[bin] === 0) continue
    leftRows += counts[bin]!
    for (let output = 0; output < width; output++) left[output]! += sums[bin * width + output]!
    if (bin === missingBin) continue
    if (leftRows < minimumRowsInLeaf || bin < first) continue
    if (rows - leftRows < minimumRowsInLeaf) break
    const score = scoreOfBoth(histogram, { left, right, totals })
    if (best === null || score > best.score) best = { place, bin, missingLeft, score }
  }
  // A drawn bin may hold no row of the node: then all below it go left.
  const isEmpty = first === last && counts[last] === 0
  if (!isEmpty || leftRows < minimumRowsInLeaf || rows - leftRows < minimumRowsInLeaf) return best
  const score = scoreOfBoth(histogram, { left, right, totals })
  return best === null || score > best.score ? { place, bin: last, missingLeft, score } : best
}

function scoreOfBoth(
  histogram: NodeHistogram,
  { left, right, totals }: { left: Float64Array; right: Float64Array; totals: Float64Array },
): number {
  for (let output = 0; output < left.length; output++) right[output] = totals[output]! - left[output]!
  return histogram.scoreOf(left) + histogram.scoreOf(right)
}
