import { keptPoints } from './thin-curve.ts'
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

/**
 * At most `points` points of the curve, evenly spread over their number. Null without positive rows, of which a share could
 * be captured. Rows without a score do not count.
 */
export function gainCurveOf(
  { thresholds, truePositives, falsePositives }: ScoreSteps,
  points = Infinity,
): GainCurve | null {
  const positives = truePositives.at(-1) ?? 0
  const all = positives + (falsePositives.at(-1) ?? 0)
  if (positives === 0) return null
  const shareAt = (step: number): number => (truePositives[step]! + falsePositives[step]!) / all
  const capturedAt = (step: number): number => truePositives[step]! / positives
  // The point of no row stands before the first step.
  const steps = keptPoints(thresholds.length + 1, points).map((point) => point - 1)
  const atLeastOne = steps.map((step) => Math.max(0, step))
  return {
    share: steps.map((step) => (step < 0 ? 0 : shareAt(step))),
    captured: steps.map((step) => (step < 0 ? 0 : capturedAt(step))),
    lift: atLeastOne.map((step) => capturedAt(step) / shareAt(step)),
    thresholds: atLeastOne.map((step) => thresholds[step]!),
  }
}
