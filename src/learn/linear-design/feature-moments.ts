import type { LearningTable, MatrixChunk } from '../learner.ts'
import { unusableValues } from '../unusable-values.ts'

/** What one pass over the train rows finds out about each feature. */
export interface FeatureMoments {
  means: Float64Array
  /** Population standard deviations; 0 where all values are equal. */
  deviations: Float64Array
  /** Rows in which the feature is not 0. */
  nonZeros: Uint32Array
}

/** Throws when a feature has missing or infinite values, which no linear model can take. */
export async function measureFeatures(
  table: LearningTable,
  turn: () => Promise<void> | undefined,
): Promise<FeatureMoments> {
  const width = table.features.length
  const counters = newCounters(width)
  const unusable = unusableValues(table, 'train')
  let rows = 0
  if (table.compressed) {
    for await (const chunk of table.compressed('train')) {
      unusable.countCompressed(chunk)
      addNonZeros(counters, chunk)
      rows += chunk.rows
      await turn()
    }
    addZeros(counters, rows, counters.nonZeros.keys())
  } else {
    for await (const chunk of table.chunks('train')) {
      unusable.count(chunk)
      addChunk(counters, chunk, rows)
      rows += chunk.rows
      await turn()
    }
  }
  if (rows !== table.rows.train)
    throw new RangeError(`${rows} train rows came, ${table.rows.train} were announced`)
  unusable.refuse()
  return momentsOf(counters, rows)
}

export function momentsOf(
  { means, squares, lowest, highest, nonZeros }: MomentCounters,
  rows: number,
): FeatureMoments {
  const deviations = squares.map((sum, feature) =>
    lowest[feature] === highest[feature] ? 0 : Math.sqrt(Math.max(0, sum) / rows),
  )
  return { means, deviations, nonZeros }
}

/** What is counted of each feature on the way to its moments. */
export type MomentCounters = ReturnType<typeof newCounters>

export function newCounters(width: number) {
  return {
    means: new Float64Array(width),
    /** Sums of squared distances from the mean. */
    squares: new Float64Array(width),
    lowest: new Float32Array(width).fill(Infinity),
    highest: new Float32Array(width).fill(-Infinity),
    nonZeros: new Uint32Array(width),
  }
}

/** Welford's update, value by value. */
function addChunk(counters: MomentCounters, { rows, data }: MatrixChunk, rowsBefore: number): void {
  const { means, squares, lowest, highest, nonZeros } = counters
  const width = means.length
  for (let row = 0, at = 0; row < rows; row++) {
    const count = rowsBefore + row + 1
    for (let feature = 0; feature < width; feature++, at++) {
      const value = data[at]!
      const distance = value - means[feature]!
      means[feature] = means[feature]! + distance / count
      squares[feature] = squares[feature]! + distance * (value - means[feature]!)
      if (value < lowest[feature]!) lowest[feature] = value
      if (value > highest[feature]!) highest[feature] = value
      if (value !== 0) nonZeros[feature]!++
    }
  }
}

/** Welford's update of some features, whose values stand row-major. */
export function addDense(
  counters: MomentCounters,
  { features, values, rowsBefore }: { features: Uint32Array; values: Float32Array; rowsBefore: number },
): void {
  const { means, squares, lowest, highest, nonZeros } = counters
  const width = features.length
  for (let place = 0; place < width; place++) {
    const feature = features[place]!
    let [mean, sum, count] = [means[feature]!, squares[feature]!, rowsBefore]
    let [low, high] = [lowest[feature]!, highest[feature]!]
    for (let at = place; at < values.length; at += width) {
      const value = values[at]!
      const distance = value - mean
      mean += distance / ++count
      sum += distance * (value - mean)
      if (value < low) low = value
      if (value > high) high = value
      if (value !== 0) nonZeros[feature]!++
    }
    means[feature] = mean
    squares[feature] = sum
    lowest[feature] = low
    highest[feature] = high
  }
}

/** Of values other than 0 alone. */
export function addNonZeros(
  counters: MomentCounters,
  { features, values }: { features: Uint32Array; values: Float32Array },
): void {
  const { means, squares, lowest, highest, nonZeros } = counters
  for (let at = 0; at < values.length; at++) {
    const feature = features[at]!
    const value = values[at]!
    const count = nonZeros[feature]! + 1
    nonZeros[feature] = count
    const distance = value - means[feature]!
    const mean = means[feature]! + distance / count
    means[feature] = mean
    squares[feature] = squares[feature]! + distance * (value - mean)
    if (value < lowest[feature]!) lowest[feature] = value
    if (value > highest[feature]!) highest[feature] = value
  }
}

/** All the zeros of some features that were left out, at once (Chan, Golub and LeVeque 1979). */
export function addZeros(
  { means, squares, lowest, highest, nonZeros }: MomentCounters,
  rows: number,
  features: Iterable<number>,
): void {
  for (const feature of features) {
    const count = nonZeros[feature]!
    if (count === rows) continue
    const mean = means[feature]!
    means[feature] = (mean * count) / rows
    squares[feature] = squares[feature]! + (mean * mean * count * (rows - count)) / rows
    lowest[feature] = Math.min(lowest[feature]!, 0)
    highest[feature] = Math.max(highest[feature]!, 0)
  }
}
