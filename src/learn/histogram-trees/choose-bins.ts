import { createRandom } from '../../tables/random.ts'
import type { LearningTable } from '../learner.ts'
import { selectAtRandom } from '../select-at-random.ts'
import { cutPointsOf } from './cut-points.ts'
import type { FeatureBins } from './feature-bins.ts'

const mostSampledRows = 100_000
const mostSampledValues = 2 ** 25

/** Chooses the bins of each feature from all train rows, or from an even sample of them. */
export async function chooseBins(options: {
  table: LearningTable
  /** The most bins for values: 2 … 255. */
  bins: number
  /** Features whose values are codes of categories. */
  categorical: ReadonlySet<number>
  seed: number
  turn: () => Promise<void> | undefined
}): Promise<FeatureBins[]> {
  const { bins, categorical, turn } = options
  const columns = await sampleColumns(options)
  const chosen: FeatureBins[] = []
  for (const [feature, column] of columns.entries()) {
    await turn()
    chosen.push(categorical.has(feature) ? categoryBins(column, bins) : numberBins(column, bins))
  }
  return chosen
}

async function sampleColumns(options: {
  table: LearningTable
  seed: number
  turn: () => Promise<void> | undefined
}): Promise<Float32Array<ArrayBuffer>[]> {
  const { table, seed, turn } = options
  const width = table.features.length
  const rows = table.rows.train
  const affordable = Math.max(10_000, Math.floor(mostSampledValues / width))
  const count = Math.min(rows, mostSampledRows, affordable)
  const sample = selectAtRandom({ count, from: rows, random: createRandom(seed, 'cut points') })
  const columns = table.features.map(() => new Float32Array(count))
  let taken = 0
  let firstRow = 0
  for await (const chunk of table.chunks('train')) {
    for (; taken < count && sample[taken]! < firstRow + chunk.rows; taken++) {
      const start = (sample[taken]! - firstRow) * width
      for (let feature = 0; feature < width; feature++)
        columns[feature]![taken] = chunk.data[start + feature]!
    }
    firstRow += chunk.rows
    await turn()
  }
  return columns
}

function numberBins(column: Float32Array<ArrayBuffer>, bins: number): FeatureBins {
  const values = withoutMissing(column)
  return {
    kind: 'number',
    cuts: cutPointsOf(values, bins),
    hasMissing: values.length < column.length,
    hasValues: values.length > 0,
  }
}

function withoutMissing(column: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const values = new Float32Array(column.length)
  let count = 0
  for (let row = 0; row < column.length; row++) {
    const value = column[row]!
    values[count] = value
    if (!Number.isNaN(value)) count++
  }
  return values.slice(0, count)
}

/** The most frequent categories have a bin each. What is no whole number counts as missing. */
function categoryBins(column: Float32Array, bins: number): FeatureBins {
  const counts = new Map<number, number>()
  let others = 0
  for (const value of column) {
    if (Number.isInteger(value)) counts.set(value, (counts.get(value) ?? 0) + 1)
    else others++
  }
  const byCount = [...counts].toSorted(([a, ofA], [b, ofB]) => ofB - ofA || a - b)
  const kept = byCount.slice(0, bins).map(([category]) => category)
  return {
    kind: 'category',
    categories: Float32Array.from(kept).sort(),
    hasMissing: others > 0 || kept.length < byCount.length,
  }
}
