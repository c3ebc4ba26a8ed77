/**
 * A threshold as graphs and reports compare with it: rounded to float32, as probabilities are. So a probability that
 * equals the threshold, as it is written or as it is rounded, is on the positive side everywhere.
 */
export const float32Threshold = (threshold: number): number => Math.fround(threshold)

/** Whether a probability of the positive class makes the answer the positive class. */
export const isPositive = (probability: number, threshold: number): boolean =>
  probability >= float32Threshold(threshold)
