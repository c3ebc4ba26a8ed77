/** Histograms of one length that are used again: a tree needs one for each leaf that can still be split. */
export interface HistogramPool {
  /** A histogram of zeros. */
  take(): Float64Array
  giveBack(histogram: Float64Array): void
}

export function createHistogramPool(length: number): HistogramPool {
  const free: Float64Array[] = []
  return {
    take: () => free.pop()?.fill(0) ?? new Float64Array(length),
    giveBack: (histogram) => void free.push(histogram),
  }
}
