import { totalOf, type Counts } from './counts.ts'
import { chiSquareUpper, normalTwoSided } from './special/tails.ts'
import type { TestOutcome } from './test-outcome.ts'

/**
 * Pearson’s chi-square test of homogeneity, without a correction: both samples count as drawn, so a small reference is
 * not taken for the truth. Categories without a row in either do not count; with one left there is nothing to tell apart.
 */
export function chiSquareTest({ reference, current }: Counts): TestOutcome {
  const totals = { reference: totalOf(reference), current: totalOf(current) }
  const all = totals.reference + totals.current
  let statistic = 0
  let categories = 0
  for (let category = 0; category < reference.length; category++) {
    const both = reference[category]! + current[category]!
    if (both === 0) continue
    categories++
    for (const [count, total] of [
      [reference[category]!, totals.reference],
      [current[category]!, totals.current],
    ] as const) {
      const expected = (both * total) / all
      statistic += (count - expected) ** 2 / expected
    }
  }
  return { statistic, pValue: categories > 1 ? chiSquareUpper(statistic, categories - 1) : 1 }
}

/** The z-test of two proportions, with the pooled share: how often something was so, among how many. */
export function twoProportionsTest(
  reference: { hits: number; rows: number },
  current: { hits: number; rows: number },
): TestOutcome {
  const pooled = (reference.hits + current.hits) / (reference.rows + current.rows)
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / reference.rows + 1 / current.rows))
  if (deviation === 0) return { statistic: 0, pValue: 1 }
  const statistic = (current.hits / current.rows - reference.hits / reference.rows) / deviation
  return { statistic, pValue: normalTwoSided(statistic) }
}
