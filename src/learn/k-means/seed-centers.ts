import type { Random } from '../../tables/random.ts'
import { squaredDistance, type Points } from './nearest-center.ts'

/**
 * Starting centers by greedy k-means++ (Arthur & Vassilvitskii 2007): each next one is drawn among the rows with
 * probabilities in proportion to the squared distance from those before, the best of 2 + ln k draws.
 */
export async function seedCenters(
  { rows, width, data }: Points,
  { clusters, random, turn }: { clusters: number; random: Random; turn: () => Promise<void> | undefined },
): Promise<Float64Array> {
  const centers = new Float64Array(clusters * width)
  const trials = 2 + Math.floor(Math.log(clusters))
  let squared = new Float64Array(rows).fill(Infinity)
  const place = (cluster: number, row: number): void =>
    centers.set(data.subarray(row * width, (row + 1) * width), cluster * width)
  const distancesWith = (cluster: number, row: number): Float64Array<ArrayBuffer> => {
    place(cluster, row)
    return squared.map((before, other) =>
      Math.min(before, squaredDistance(data, other * width, { centers, width, center: cluster })),
    )
  }
  squared = distancesWith(0, random.below(rows))
  for (let cluster = 1; cluster < clusters; cluster++) {
    let best: { row: number; squared: Float64Array<ArrayBuffer>; total: number } | null = null
    for (let trial = 0; trial < trials; trial++) {
      const row = drawInProportion(squared, random)
      const found = distancesWith(cluster, row)
      const total = totalOf(found)
      if (!best || total < best.total) best = { row, squared: found, total }
      await turn()
    }
    place(cluster, best!.row)
    ;({ squared } = best!)
  }
  return centers
}

const totalOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

/** Any row where all rows are centers already. */
function drawInProportion(weights: Float64Array, random: Random): number {
  const total = totalOf(weights)
  if (!(total > 0)) return random.below(weights.length)
  let left = random.unit() * total
  const found = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return found === -1 ? weights.length - 1 : found
}
