import type { LearningTable } from '../learner.ts'
import { createRandom } from '../../tables/random.ts'
import { selectAtRandom } from '../select-at-random.ts'

const mostSampledRows = 200_000
const mostSampledValues = 2 ** 25

/**
 * Where each feature is cut into bins, from all train rows or from an even sample of them: ascending float32 cuts,
 * a value v belongs to the first bin whose cut is ≥ v.
 */
export async function findCutPoints(options: {
  table: LearningTable
  bins: number
  seed: number
  turn: () => Promise<void> | undefined
}): Promise<Float32Array[]> {
  const { table, bins, turn } = options
  const columns = await sampleColumns(options)
  const cuts: Float32Array[] = []
  for (let feature = 0; feature < table.features.length; feature++) {
    await turn()
    cuts.push(cutPointsOf(columns[feature]!, bins))
  }
  return cuts
}

async function sampleColumns(options: {
  table: LearningTable
  seed: number
  turn: () => Promise<void> | undefined
}): Promise<Float32Array[]> {
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
    if (taken === count) break
    await turn()
  }
  return columns
}

/**
 * Cuts a column into at most `bins` bins of about equal size; a frequent value gets a bin of its own, and where there
 * are few distinct values each does. Sorts `column` in place; NaN is left out. A cut is a float32, about the middle
 * between its neighbours, so `value <= cut` means the same here and in the float32 graph.
 */
export function cutPointsOf(column: Float32Array, bins: number): Float32Array {
  const values = column.sort().subarray(0, countOfNumbers(column))
  const { starts, distinct } = runsOf(values)
  const cuts: number[] = []
  if (distinct <= bins) {
    for (let run = 1; run < distinct; run++)
      cuts.push(cutBetween(values[starts[run]! - 1]!, values[starts[run]!]!))
    return Float32Array.from(cuts)
  }
  let binStart = 0
  for (let run = 1; run < distinct && cuts.length < bins - 1; run++) {
    const start = starts[run]!
    const quota = (values.length - binStart) / (bins - cuts.length)
    const runLength = starts[run + 1]! - start
    if (start - binStart >= quota || runLength >= quota) {
      cuts.push(cutBetween(values[start - 1]!, values[start]!))
      binStart = start
    }
  }
  return Float32Array.from(cuts)
}

/** NaN sorts last. */
function countOfNumbers(sorted: Float32Array): number {
  let count = sorted.length
  while (count > 0 && Number.isNaN(sorted[count - 1]!)) count--
  return count
}

/** Where each run of equal values starts, and, last, where the values end. */
function runsOf(sorted: Float32Array): { starts: Uint32Array; distinct: number } {
  const starts = new Uint32Array(sorted.length + 1)
  let distinct = 0
  for (let index = 0; index < sorted.length; index++) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) starts[distinct++] = index
  }
  starts[distinct] = sorted.length
  return { starts, distinct }
}

function cutBetween(below: number, above: number): number {
  const middle = below / 2 + above / 2
  if (!(middle > below && middle < above)) return below
  const rounded = Math.fround(middle)
  return rounded < above ? rounded : below
}
