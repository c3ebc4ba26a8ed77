import type { MatrixChunk } from '../learner.ts'
import { ClusterSums } from './cluster-sums.ts'

export interface Clustered {
  centers: Float64Array
  /** Rows nearest to each center. */
  counts: Float64Array
  inertia: number
  iterations: number
}

/**
 * Moves each center to the mean of the rows nearest to it, again and again (Lloyd 1982), until they move by no more than
 * `tolerance` in squared distance altogether. Each iteration is one pass over the chunks.
 */
export async function moveCenters(
  chunks: () => AsyncIterable<MatrixChunk> | Iterable<MatrixChunk>,
  start: { centers: Float64Array; width: number },
  run: {
    iterations: number
    tolerance: number
    turn: () => Promise<void> | undefined
    progress?: (iteration: number) => void
  },
): Promise<Clustered> {
  let { centers } = start
  for (let iteration = 1; ; iteration++) {
    const sums = new ClusterSums(centers, start.width)
    for await (const chunk of chunks()) {
      sums.add(chunk)
      await run.turn()
    }
    const moved = sums.nextCenters()
    const shift = moved.reduce((sum, value, index) => sum + (value - centers[index]!) ** 2, 0)
    if (shift <= run.tolerance || iteration > run.iterations)
      return { centers, counts: sums.counts, inertia: sums.inertia, iterations: iteration - 1 }
    run.progress?.(iteration)
    centers = moved
  }
}
