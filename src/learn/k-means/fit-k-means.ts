import { createRandom } from '../../tables/random.ts'
import { learnError } from '../errors.ts'
import { eventTurns } from '../event-turns.ts'
import type { FitRun } from '../learner.ts'
import { selectAtRandom } from '../select-at-random.ts'
import type { UnlabelledTable } from '../unlabelled-table.ts'
import { unusableValues } from '../unusable-values.ts'
import { chooseClusters } from './choose-clusters.ts'
import type { KMeansModel, KMeansParameters, TriedClusters } from './k-means-model.ts'
import { moveCenters, type Clustered } from './lloyd.ts'
import { nearestCenter, type Points } from './nearest-center.ts'
import { seedCenters } from './seed-centers.ts'
import { silhouette } from './silhouette.ts'

export interface FittedKMeans {
  model: KMeansModel
  /** Of the train rows, by cluster. */
  counts: Float64Array
  inertia: number
  iterations: number
  tried: TriedClusters[]
}

type Turn = () => Promise<void> | undefined

/** Of the mean variance of the features, as in scikit-learn. */
const tolerance = 1e-4
/** Every pair of them is looked at. */
const mostSilhouetteRows = 2000

/**
 * Finds clusters: from several starts in a sample of the rows, for each number of clusters that is tried, and then, from
 * the best of these, in all rows. Memory holds the sample, never all rows. Throws `learn.too-few-rows-to-cluster` and, for
 * missing or infinite values, what linear learners throw.
 */
export async function fitKMeans(
  table: UnlabelledTable,
  parameters: KMeansParameters,
  run: FitRun,
): Promise<FittedKMeans> {
  if (table.features.length === 0) throw learnError('no-features')
  if (table.rows < parameters.most)
    throw learnError('too-few-rows-to-cluster', { rows: table.rows, clusters: parameters.most })
  const turn = eventTurns(run.signal)
  const width = table.features.length
  const { sample, limit } = await readSample(table, { parameters, run, turn })
  const found: { tried: TriedClusters; centers: Float64Array }[] = []
  for (let clusters = parameters.fewest; clusters <= parameters.most; clusters++) {
    run.progress({ note: `looking for ${clusters} clusters` })
    const best = await bestStart(sample, { clusters, limit, parameters, run, turn })
    const tried = { clusters, inertia: best.inertia, silhouette: await silhouetteOf(sample, best, turn) }
    found.push({ tried, centers: best.centers })
  }
  const tried = found.map((each) => each.tried)
  const chosen = chooseClusters(tried, parameters.chooseBy)
  const start = { centers: found.find((each) => each.tried.clusters === chosen)!.centers, width }
  const fitted = await moveCenters(() => table.chunks(), start, {
    iterations: parameters.iterations,
    tolerance: limit,
    turn,
    progress: (iteration) => run.progress({ note: `iteration ${iteration} of all rows` }),
  })
  return { ...largestFirst(fitted, width), tried }
}

/** Rows to seek clusters in, and by how much centers may still move when they count as found. */
async function readSample(
  table: UnlabelledTable,
  work: { parameters: KMeansParameters; run: FitRun; turn: Turn },
): Promise<{ sample: Points; limit: number }> {
  const { parameters, run, turn } = work
  const width = table.features.length
  const count = Math.min(Math.max(parameters.sampleRows, parameters.most), table.rows)
  const wanted = selectAtRandom({ count, from: table.rows, random: createRandom(run.seed, 'k-means sample') })
  const unusable = unusableValues(
    { features: table.features, rows: { train: table.rows, validation: 0 } },
    'train',
  )
  const data = new Float32Array(count * width)
  let [taken, firstRow] = [0, 0]
  for await (const chunk of table.chunks()) {
    unusable.count(chunk)
    for (; taken < count && wanted[taken]! < firstRow + chunk.rows; taken++) {
      const start = (wanted[taken]! - firstRow) * width
      data.set(chunk.data.subarray(start, start + width), taken * width)
    }
    firstRow += chunk.rows
    await turn()
  }
  unusable.refuse()
  const sample = { rows: count, width, data }
  return { sample, limit: tolerance * meanVariance(sample) }
}

async function bestStart(
  sample: Points,
  work: { clusters: number; limit: number; parameters: KMeansParameters; run: FitRun; turn: Turn },
): Promise<Clustered> {
  const { clusters, limit, parameters, run, turn } = work
  let best: Clustered | null = null
  for (let start = 0; start < parameters.starts; start++) {
    const random = createRandom(run.seed, `k-means ${clusters} start ${start}`)
    const centers = await seedCenters(sample, { clusters, random, turn })
    const found = await moveCenters(
      () => inPieces(sample),
      { centers, width: sample.width },
      {
        iterations: parameters.iterations,
        tolerance: limit,
        turn,
      },
    )
    if (!best || found.inertia < best.inertia) best = found
  }
  return best!
}

async function silhouetteOf(sample: Points, { centers }: Clustered, turn: Turn): Promise<number | null> {
  const { width, data } = sample
  const rows = Math.min(sample.rows, mostSilhouetteRows)
  const clusters = centers.length / width
  if (clusters < 2) return null
  // Evenly over the sample, which is in the order of the table.
  const chosen = Uint32Array.from({ length: rows }, (_, index) => Math.floor((index * sample.rows) / rows))
  const points = new Float32Array(rows * width)
  for (const [index, row] of chosen.entries())
    points.set(data.subarray(row * width, (row + 1) * width), index * width)
  const labels = Uint16Array.from(
    chosen,
    (row) => nearestCenter(data, row * width, { centers, width }).cluster,
  )
  return silhouette({ rows, width, data: points }, { labels, clusters }, turn)
}

const pieceRows = 4096

function* inPieces({ rows, width, data }: Points) {
  for (let row = 0; row < rows; row += pieceRows) {
    const end = Math.min(rows, row + pieceRows)
    yield { rows: end - row, data: data.subarray(row * width, end * width) }
  }
}

function meanVariance({ rows, width, data }: Points): number {
  let sum = 0
  for (let feature = 0; feature < width; feature++) {
    let mean = 0
    for (let row = 0; row < rows; row++) mean += data[row * width + feature]! / rows
    for (let row = 0; row < rows; row++) sum += (data[row * width + feature]! - mean) ** 2 / rows
  }
  return sum / width
}

/** So that clusters are called the same from whatever start they were found. */
function largestFirst(found: Clustered, width: number): Omit<FittedKMeans, 'tried'> {
  const clusters = found.counts.length
  const order = [...found.counts.keys()].toSorted((a, b) => found.counts[b]! - found.counts[a]! || a - b)
  const centers = new Float64Array(found.centers.length)
  for (const [place, cluster] of order.entries())
    centers.set(found.centers.subarray(cluster * width, (cluster + 1) * width), place * width)
  return {
    model: { features: width, clusters, centers },
    counts: Float64Array.from(order, (cluster) => found.counts[cluster]!),
    inertia: found.inertia,
    iterations: found.iterations,
  }
}
