import { normalTwoSided } from '../../stats/special/tails.ts'
import { orderByScore } from './order-by-score.ts'

export interface DeLongOutcome {
  /** ROC AUC of the second less that of the first. */
  difference: number
  standardError: number
  pValue: number
}

/**
 * Whether two scores of the same rows have the same ROC AUC (DeLong, DeLong & Clarke-Pearson 1988), by midranks in
 * O(n log n) (Sun & Xu 2014). Null with fewer than two rows of a class, or a score that is no number.
 */
export function deLongTest(
  positive: Uint8Array,
  first: Float32Array,
  second: Float32Array,
): DeLongOutcome | null {
  const one = placements(positive, first)
  const two = placements(positive, second)
  if (!one || !two) return null
  const difference = meanOf(two.ofPositives) - meanOf(one.ofPositives)
  const variance =
    varianceOfMean(two.ofPositives.map((value, index) => value - one.ofPositives[index]!)) +
    varianceOfMean(two.ofNegatives.map((value, index) => value - one.ofNegatives[index]!))
  const standardError = Math.sqrt(variance)
  if (standardError === 0) return { difference, standardError, pValue: difference === 0 ? 1 : 0 }
  return { difference, standardError, pValue: normalTwoSided(difference / standardError) }
}

/**
 * The ROC AUC of a score and its standard error (DeLong, DeLong & Clarke-Pearson 1988). Null with fewer than two rows of a
 * class, or a score that is no number.
 */
export function rocAucWithError(
  positive: Uint8Array,
  scores: Float32Array,
): { auc: number; standardError: number } | null {
  const found = placements(positive, scores)
  if (!found) return null
  const { ofPositives, ofNegatives } = found
  const variance = varianceOfMean(ofPositives) + varianceOfMean(ofNegatives)
  return { auc: meanOf(ofPositives), standardError: Math.sqrt(variance) }
}

/**
 * For each positive row the share of negative ones that it beats, and for each negative row that of positive ones that
 * beat it, ties counting half: the rank among all rows less the rank among those of its class.
 */
function placements(positive: Uint8Array, scores: Float32Array) {
  if (scores.some(Number.isNaN)) return null
  const all = midranks(scores)
  const rowsOf = (code: number): Uint32Array =>
    Uint32Array.from(positive.keys()).filter((row) => positive[row] === code)
  const [positives, negatives] = [rowsOf(1), rowsOf(0)]
  if (positives.length < 2 || negatives.length < 2) return null
  const beaten = (rows: Uint32Array, others: number): Float64Array => {
    const own = midranks(Float32Array.from(rows, (row) => scores[row]!))
    return Float64Array.from(rows, (row, index) => (all[row]! - own[index]!) / others)
  }
  return {
    ofPositives: beaten(positives, negatives.length),
    ofNegatives: beaten(negatives, positives.length).map((share) => 1 - share),
  }
}

/** Ranks from 1, the lowest score first; equal scores share the mean of theirs. */
function midranks(scores: Float32Array): Float64Array {
  const order = orderByScore(scores).reverse()
  const ranks = new Float64Array(scores.length)
  for (let first = 0; first < order.length;) {
    let end = first + 1
    while (end < order.length && scores[order[end]!] === scores[order[first]!]) end++
    for (let place = first; place < end; place++) ranks[order[place]!] = (first + end + 1) / 2
    first = end
  }
  return ranks
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

function varianceOfMean(values: Float64Array): number {
  const mean = meanOf(values)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return squares / (values.length - 1) / values.length
}
