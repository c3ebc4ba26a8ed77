import type { TriedClusters } from './k-means-model.ts'

/** The number of clusters that is best by one measure, the fewer of equally good ones; the only one where there is one. */
export function chooseClusters(tried: readonly TriedClusters[], by: 'silhouette' | 'elbow'): number {
  const merits = by === 'silhouette' ? tried.map(({ silhouette }) => silhouette ?? -Infinity) : bends(tried)
  const best = merits.reduce((place, merit, index) => (merit > merits[place]! ? index : place), 0)
  return tried[best]!.clusters
}

/**
 * How far the inertia lies below the line from the fewest to the most clusters: the elbow is where it does most (Satopää
 * et al. 2011).
 */
function bends(tried: readonly TriedClusters[]): number[] {
  const [first, last] = [tried[0]!, tried.at(-1)!]
  const span = last.clusters - first.clusters
  return tried.map(({ clusters, inertia }) =>
    span === 0
      ? 0
      : first.inertia + ((last.inertia - first.inertia) * (clusters - first.clusters)) / span - inertia,
  )
}
