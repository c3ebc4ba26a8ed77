import type { ScoreSteps } from './score-steps.ts'

/** What is gained by going through rows from the highest score down: one point a distinct score, after one for no row. */
export interface GainCurve {
  /** The share of all rows that were gone through. */
  share: number[]
  /** The share of the positive rows among them. */
  captured: number[]
  /** How many times as many as at random order: `captured / share`. At no row, that of the first point. */
  lift: number[]
  /** The score down to which one goes; the first is that of the first point. */
  thresholds: number[]
}

/** Null without positive rows, of which a share could be captured. Rows without a score do not count. */
export function gainCurveOf({ thresholds, truePositives, falsePositives }: ScoreSteps): GainCurve | null {
  const positives = truePositives.at(-1) ?? 0
  const all = positives + (falsePositives.at(-1) ?? 0)
  if (positives === 0) return null
  const share = Array.from(truePositives, (hits, step) => (hits + falsePositives[step]!) / all)
  const captured = Array.from(truePositives, (hits) => hits / positives)
  const lift = captured.map((part, step) => part / share[step]!)
  return {
    share: [0, ...share],
    captured: [0, ...captured],
    lift: [lift[0]!, ...lift],
    thresholds: [thresholds[0]!, ...thresholds],
  }
}
