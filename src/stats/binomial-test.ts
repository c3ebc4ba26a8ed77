import { logGamma } from './special/log-gamma.ts'

/** The exact two-sided p-value of `hits` among `trials` where each hits with a probability of one half. */
export function binomialTest(hits: number, trials: number): number {
  const fewer = Math.min(hits, trials - hits)
  let tail = 0
  // From the largest term down; far ones add nothing.
  for (let count = fewer; count >= 0; count--) {
    const term = Math.exp(logChoose(trials, count) - trials * Math.LN2)
    tail += term
    if (term < tail * Number.EPSILON) break
  }
  return Math.min(1, 2 * tail)
}

const logChoose = (from: number, count: number): number =>
  logGamma(from + 1) - logGamma(count + 1) - logGamma(from - count + 1)
