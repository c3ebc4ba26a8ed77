/** Repeated measurements of one thing. */
export interface Series {
  median: number
  low: number
  high: number
}

export function seriesOf(values: readonly number[]): Series {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const median = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
  return { median, low: sorted[0]!, high: sorted.at(-1)! }
}
