import type { Points } from './nearest-center.ts'

/**
 * How well rows lie in their clusters (Rousseeuw 1987): the mean of (b − a) / max(a, b), a being the mean distance to the
 * other rows of the cluster and b that to the rows of the nearest other one; 0 for a row that is alone. Every pair of
 * rows is looked at. Null where the rows are of fewer than two clusters.
 */
export async function silhouette(
  { rows, width, data }: Points,
  { labels, clusters }: { labels: Uint16Array; clusters: number },
  turn: () => Promise<void> | undefined,
): Promise<number | null> {
  const sizes = new Float64Array(clusters)
  for (const label of labels) sizes[label]!++
  if (sizes.filter((size) => size > 0).length < 2) return null
  let sum = 0
  for (let row = 0; row < rows; row++) {
    const own = labels[row]!
    if (sizes[own] === 1) continue
    const totals = new Float64Array(clusters)
    for (let other = 0; other < rows; other++) {
      let squared = 0
      for (let feature = 0; feature < width; feature++)
        squared += (data[row * width + feature]! - data[other * width + feature]!) ** 2
      totals[labels[other]!]! += Math.sqrt(squared)
    }
    const within = totals[own]! / (sizes[own]! - 1)
    let nearest = Infinity
    for (let cluster = 0; cluster < clusters; cluster++)
      if (cluster !== own && sizes[cluster]! > 0)
        nearest = Math.min(nearest, totals[cluster]! / sizes[cluster]!)
    const larger = Math.max(within, nearest)
    if (larger > 0) sum += (nearest - within) / larger
    await turn()
  }
  return sum / rows
}
