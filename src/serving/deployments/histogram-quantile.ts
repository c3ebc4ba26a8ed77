import type { Histogram } from '../server-protocol.ts'

/**
 * A quantile of what a histogram counted, even within a bucket; null without a value. What is beyond the last bound is
 * told as that bound.
 */
export function histogramQuantile(
  { counts }: Histogram,
  bounds: readonly number[],
  share: number,
): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const rank = share * total
  let below = 0
  for (const [index, upper] of bounds.entries()) {
    const count = counts[index] ?? 0
    if (below + count >= rank && count > 0) {
      const lower = index === 0 ? 0 : bounds[index - 1]!
      return lower + (upper - lower) * Math.max(0, (rank - below) / count)
    }
    below += count
  }
  return bounds.at(-1)!
}
