import { binomialTest } from '../../stats/binomial-test.ts'

export interface McNemarOutcome {
  /** Rows that only the first, and only the second, answers rightly. */
  onlyFirstRight: number
  onlySecondRight: number
  pValue: number
}

/**
 * Whether two classifiers are right equally often on the same rows (McNemar 1947): the exact test, on the rows on which
 * just one of them is right.
 */
export function mcNemarTest(actual: Uint16Array, first: Uint16Array, second: Uint16Array): McNemarOutcome {
  let onlyFirstRight = 0
  let onlySecondRight = 0
  for (let row = 0; row < actual.length; row++) {
    const [isFirst, isSecond] = [first[row] === actual[row], second[row] === actual[row]]
    if (isFirst && !isSecond) onlyFirstRight++
    if (isSecond && !isFirst) onlySecondRight++
  }
  const pValue = binomialTest(onlyFirstRight, onlyFirstRight + onlySecondRight)
  return { onlyFirstRight, onlySecondRight, pValue }
}
