export interface RocPoints {
  falsePositiveRate: readonly number[]
  truePositiveRate: readonly number[]
  /** Falling; a row is answered “positive” from its threshold on. */
  thresholds: readonly number[]
}

export interface ThresholdOutcome {
  /** By true class, then answered class; the negative class first. */
  confusion: readonly [readonly [number, number], readonly [number, number]]
  precision: number | null
  recall: number
  f1: number | null
  accuracy: number
  /** Of the point on the curve. */
  falsePositiveRate: number
}

/**
 * What comes of another threshold, as nearly as the points of a ROC curve tell: between two points it is that of the
 * higher threshold.
 */
export function outcomeAtThreshold(
  { falsePositiveRate, truePositiveRate, thresholds }: RocPoints,
  { positives, negatives }: { positives: number; negatives: number },
  threshold: number,
): ThresholdOutcome {
  const behind = thresholds.findIndex((each) => each < threshold)
  const point = Math.max(0, (behind === -1 ? thresholds.length : behind) - 1)
  const recall = truePositiveRate[point]!
  const falseRate = falsePositiveRate[point]!
  const truePositives = Math.round(recall * positives)
  const falsePositives = Math.round(falseRate * negatives)
  const answered = truePositives + falsePositives
  const missed = positives - truePositives
  return {
    confusion: [
      [negatives - falsePositives, falsePositives],
      [missed, truePositives],
    ],
    precision: answered === 0 ? null : truePositives / answered,
    recall,
    f1: truePositives === 0 ? null : (2 * truePositives) / (2 * truePositives + falsePositives + missed),
    accuracy: (truePositives + negatives - falsePositives) / (positives + negatives),
    falsePositiveRate: falseRate,
  }
}
