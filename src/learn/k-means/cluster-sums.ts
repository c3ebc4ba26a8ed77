import { nearestCenter, type Points } from './nearest-center.ts'

/** What one pass over the rows finds: how many are nearest to each center, and where these lie. */
export class ClusterSums {
  readonly counts: Float64Array
  inertia = 0
  readonly #width: number
  readonly #centers: Float64Array
  readonly #sums: Float64Array
  /** Of each cluster the row that lies farthest from its center. */
  readonly #farthest: { squared: number; row: Float64Array }[]

  constructor(centers: Float64Array, width: number) {
    const clusters = centers.length / width
    this.#centers = centers
    this.#width = width
    this.counts = new Float64Array(clusters)
    this.#sums = new Float64Array(centers.length)
    this.#farthest = Array.from({ length: clusters }, () => ({ squared: 0, row: new Float64Array(width) }))
  }

  add({ rows, data }: Pick<Points, 'rows' | 'data'>): void {
    const width = this.#width
    for (let row = 0; row < rows; row++) {
      const start = row * width
      const { cluster, squared } = nearestCenter(data, start, { centers: this.#centers, width })
      this.inertia += squared
      this.counts[cluster]!++
      for (let feature = 0; feature < width; feature++)
        this.#sums[cluster * width + feature]! += data[start + feature]!
      const farthest = this.#farthest[cluster]!
      if (squared <= farthest.squared) continue
      farthest.squared = squared
      farthest.row.set(data.subarray(start, start + width))
    }
  }

  /** The means of the rows of each cluster. One without rows gets the row that lies farthest from any other's center. */
  nextCenters(): Float64Array {
    const width = this.#width
    const sums = this.#sums.slice()
    const counts = this.counts.slice()
    const byDistance = [...this.#farthest.entries()]
      .filter(([cluster, { squared }]) => squared > 0 && counts[cluster]! > 1)
      .toSorted(([, a], [, b]) => b.squared - a.squared)
    for (const cluster of counts.keys()) {
      if (counts[cluster]! > 0) continue
      const [from, farthest] = byDistance.shift() ?? []
      if (from === undefined || !farthest) continue
      for (const [feature, value] of farthest.row.entries()) {
        sums[from * width + feature]! -= value
        sums[cluster * width + feature] = value
      }
      counts[from]!--
      counts[cluster] = 1
    }
    return sums.map((sum, index) => {
      const count = counts[Math.floor(index / width)]!
      return count > 0 ? sum / count : this.#centers[index]!
    })
  }
}
