import type { ScoredRows } from '../metrics/measured-rows.ts'
import type { Calibration } from './calibration.ts'

/** Rows with one score, or a run of scores, that get one value. */
interface Block {
  first: number
  last: number
  weight: number
  /** The weighted mean of what was observed. */
  value: number
}

/**
 * The ascending function of the score that is nearest to what was observed, by least squares: isotonic regression, by
 * pooling neighbours that are in the wrong order (Ayer, Brunk, Ewing, Reid and Silverman 1955). Between the points that
 * it leaves the value runs along lines, as in scikit-learn.
 */
export function fitIsotonic(rows: ScoredRows): Extract<Calibration, { method: 'isotonic' }> {
  const blocks: Block[] = []
  for (const block of blocksByScore(rows)) {
    blocks.push(block)
    while (blocks.length > 1 && blocks.at(-2)!.value >= blocks.at(-1)!.value) {
      const [before, after] = blocks.splice(-2) as [Block, Block]
      blocks.push(pooled(before, after))
    }
  }
  const from: number[] = []
  const to: number[] = []
  for (const { first, last, value } of blocks) {
    for (const score of first === last ? [first] : [first, last]) {
      from.push(score)
      to.push(value)
    }
  }
  return { method: 'isotonic', from, to }
}

/** One block a distinct score, ascending; rows without weight say nothing. */
function blocksByScore({ positive, scores, weights }: ScoredRows): Block[] {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b)
  const blocks: Block[] = []
  for (const row of order) {
    const weight = weights ? weights[row]! : 1
    if (weight === 0) continue
    const block: Block = { first: scores[row]!, last: scores[row]!, weight, value: positive[row]! }
    const before = blocks.at(-1)
    if (before?.last === block.first) blocks[blocks.length - 1] = pooled(before, block)
    else blocks.push(block)
  }
  return blocks
}

function pooled(before: Block, after: Block): Block {
  const weight = before.weight + after.weight
  return {
    first: before.first,
    last: after.last,
    weight,
    value: (before.weight * before.value + after.weight * after.value) / weight,
  }
}
