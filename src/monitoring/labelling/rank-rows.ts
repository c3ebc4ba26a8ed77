import type { LabellingReasons } from '../../contract/labelling-contract.ts'
import type { ColumnSketch, Sketch } from '../../core/sketch-schema.ts'
import { sketchShares } from '../../core/sketch-shares.ts'
import { sketchedText } from '../../core/sketched-text.ts'

/**
 * How near an answer was to another one, from 0 to 1: of two classes by how far the probability is from the threshold, of
 * more by the margin between the two most probable ones (Scheffer et al., “Active hidden Markov models for information
 * extraction”, 2001).
 */
export function uncertaintyOf(
  probabilities: readonly number[],
  decision: { positive: number; threshold: number } | null,
): number {
  if (decision) {
    const { positive, threshold } = decision
    const probability = probabilities[positive]!
    const distance = probability - threshold
    return 1 - Math.abs(distance) / (distance > 0 ? 1 - threshold : threshold || 1)
  }
  const [first = 1, second = 0] = probabilities.toSorted((a, b) => b - a)
  return 1 - (first - second)
}

/** Half the sum of the differences between probabilities: their total variation, from 0 to 1. */
export const disagreementOf = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, probability, index) => sum + Math.abs(probability - (other[index] ?? 0)), 0) / 2

/**
 * How rare the values of a row were in training: the mean over its columns of -ln p, where p is the share of rows that are at
 * least as far out on the same side, doubled, or that have the same text (combined as in Fisher, “Statistical methods for
 * research workers”, 1925). No p is below one row in all; columns without a value say nothing.
 */
export function noveltyOf(
  valueOf: (column: string, isText: boolean) => number | string,
  { rows, columns }: Sketch,
): LabellingReasons['novelty'] {
  let sum = 0
  let counted = 0
  let rarest = { column: '', surprise: -1 }
  for (const column of columns) {
    const value = valueOf(column.name, column.type === 'text')
    if (value === '' || Number.isNaN(value)) continue
    const share = Math.min(1, Math.max(tailShare(value, column, rows), 1 / (rows + 1)))
    const surprise = -Math.log(share)
    sum += surprise
    counted += 1
    if (surprise > rarest.surprise) rarest = { column: column.name, surprise }
  }
  return counted === 0 ? null : { score: sum / counted, column: rarest.column }
}

function tailShare(value: number | string, column: ColumnSketch, rows: number): number {
  if (column.type === 'text' || typeof value === 'string')
    return shareOf(sketchedText(String(value)), column, rows)
  if (column.type === 'boolean') return shareOf(value, column, rows)
  const { numbers } = column
  if (!numbers) return 0
  if (value < numbers.min || value > numbers.max) return 0
  const below = shareBelow(value, numbers)
  return 2 * Math.min(below, 1 - below)
}

const shareOf = (value: number | string, { top }: ColumnSketch, rows: number): number =>
  (top.find((each) => each.value === value)?.count ?? 0) / Math.max(1, rows)

/** Between the quantiles of the sketch the values are taken to lie evenly. */
function shareBelow(
  value: number,
  { min, max, quantiles }: { min: number; max: number; quantiles: readonly number[] },
): number {
  const knots = [min, ...quantiles, max]
  const shares = [0, ...sketchShares, 1]
  const last = knots.findLastIndex((knot) => knot <= value)
  const first = knots.findIndex((knot) => knot >= value)
  // Of several equal quantiles the middle counts.
  if (knots[last] === value || knots[first] === value) return (shares[first]! + shares[last]!) / 2
  const within = (value - knots[last]!) / (knots[first]! - knots[last]!)
  return shares[last]! + within * (shares[first]! - shares[last]!)
}
