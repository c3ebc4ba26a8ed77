import type { ScoredRows } from './measured-rows.ts'
import { defined, undefinedBecause, type MetricValue } from './metric-value.ts'
import { scoreSteps, type ScoreSteps } from './score-steps.ts'

/** Points of the receiver operating characteristic, from nothing answered “positive” to everything. */
export interface RocCurve {
  falsePositiveRate: number[]
  truePositiveRate: number[]
  /** The first is 1 above the highest score, as in scikit-learn 1.2. */
  thresholds: number[]
}

/** The curve without points that lie on a line with both neighbours (`drop_intermediate`); null with one class. */
export function rocCurveOf({ thresholds, truePositives, falsePositives }: ScoreSteps): RocCurve | null {
  const positives = truePositives.at(-1) ?? 0
  const negatives = falsePositives.at(-1) ?? 0
  if (positives === 0 || negatives === 0) return null
  const curve: RocCurve = {
    falsePositiveRate: [0],
    truePositiveRate: [0],
    thresholds: [Math.fround(thresholds[0]! + 1)],
  }
  const last = thresholds.length - 1
  for (let step = 0; step <= last; step++) {
    const isCorner = step === 0 || step === last || bends(falsePositives, step) || bends(truePositives, step)
    if (!isCorner) continue
    curve.falsePositiveRate.push(falsePositives[step]! / negatives)
    curve.truePositiveRate.push(truePositives[step]! / positives)
    curve.thresholds.push(thresholds[step]!)
  }
  return curve
}

/** The chance that a positive row has a higher score than a negative one, equal scores counting half. */
export const rocAuc = (rows: ScoredRows): MetricValue => rocAucOf(scoreSteps(rows))

export function rocAucOf({ truePositives, falsePositives }: ScoreSteps): MetricValue {
  const positives = truePositives.at(-1) ?? 0
  const negatives = falsePositives.at(-1) ?? 0
  if (positives === 0 || negatives === 0) return undefinedBecause('All rows are of one class.')
  let area = 0
  let [hits, misses] = [0, 0]
  for (let step = 0; step < truePositives.length; step++) {
    area += ((falsePositives[step]! - misses) * (truePositives[step]! + hits)) / 2
    ;[hits, misses] = [truePositives[step]!, falsePositives[step]!]
  }
  return defined(area / (positives * negatives))
}

/** Whether the second difference is not 0. */
function bends(counts: Float64Array, step: number): boolean {
  return counts[step + 1]! - counts[step]! !== counts[step]! - counts[step - 1]!
}
