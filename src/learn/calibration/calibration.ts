/** What a calibrated probability is of the one before, for one class against the rest. */
export type Calibration =
  /** 1 / (1 + exp(−(slope × log-odds + intercept))). */
  | { method: 'sigmoid'; slope: number; intercept: number }
  /** Lines between points, ascending in both; constant beyond the first and the last. */
  | { method: 'isotonic'; from: readonly number[]; to: readonly number[] }

/** So near 0 or 1 a probability is taken for this far from it: its log-odds are finite. */
export const smallestProbability = 1e-10

/** The log-odds of a probability whose complement is given as well, each known to its own digits. */
export function logOdds(probability: number, complement: number): number {
  return (
    Math.log(Math.max(probability, smallestProbability)) - Math.log(Math.max(complement, smallestProbability))
  )
}
