import type { Counts } from './counts.ts'
import { firstAtLeast } from './first-at-least.ts'

/** How numbers are counted: in bins of equally many reference values, or equally wide ones over both samples. */
export interface Binning {
  by: 'quantile' | 'width'
  count: number
}

/** How many of two sorted, not empty samples lie in each bin; a value on an edge belongs to the upper bin. */
export function countInBins(
  reference: Float64Array,
  current: Float64Array,
  binning: Binning,
): Counts & { edges: readonly number[] } {
  const edges =
    binning.by === 'quantile'
      ? quantileEdges(reference, binning.count)
      : widthEdges(reference, current, binning.count)
  return { edges, reference: countsBetween(edges, reference), current: countsBetween(edges, current) }
}

/** Ascending and distinct: linear quantiles, as NumPy’s. */
function quantileEdges(sorted: Float64Array, count: number): number[] {
  const edges = new Set<number>()
  for (let bin = 1; bin < count; bin++) {
    const place = (bin / count) * (sorted.length - 1)
    const low = sorted[Math.floor(place)]!
    edges.add(low + (sorted[Math.ceil(place)]! - low) * (place - Math.floor(place)))
  }
  return [...edges]
}

/** Inner edges of equally wide bins over two ascending samples. */
export function widthEdges(reference: Float64Array, current: Float64Array, count: number): number[] {
  const low = Math.min(reference[0]!, current[0]!)
  const high = Math.max(reference.at(-1)!, current.at(-1)!)
  return Array.from({ length: count - 1 }, (_, bin) => low + ((bin + 1) * (high - low)) / count)
}

function countsBetween(edges: readonly number[], sorted: Float64Array): number[] {
  const places = edges.map((edge) => firstAtLeast(sorted, edge))
  return Array.from(
    { length: edges.length + 1 },
    (_, bin) => (places[bin] ?? sorted.length) - (places[bin - 1] ?? 0),
  )
}
