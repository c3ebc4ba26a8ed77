import type { LearningTable, NumbersByPart } from '../learner.ts'
import { unusableValues } from '../unusable-values.ts'

/** Weighted moments of columns: those of the features in order, then that of the target. */
export interface ColumnMoments {
  means: Float64Array
  /** Population standard deviations; 0 where all values are equal. */
  deviations: Float64Array
  totalWeight: number
  /** Rows whose weight is above 0. */
  weightedRows: number
}

/** One pass over the train rows. Throws when a feature has missing or infinite values. */
export async function measureColumns(
  table: LearningTable,
  values: NumbersByPart,
  turn: () => Promise<void> | undefined,
): Promise<ColumnMoments> {
  const width = table.features.length
  const moments = newMoments(width + 1)
  const unusable = unusableValues(table, 'train')
  const answers = values.train
  let row = 0
  for await (const chunk of table.chunks('train')) {
    unusable.count(chunk)
    for (let at = 0; at < chunk.data.length; at += width, row++) {
      const weight = table.weights ? table.weights.train[row]! : 1
      if (weight === 0) continue
      moments.startRow(weight)
      for (let feature = 0; feature < width; feature++) moments.add(feature, chunk.data[at + feature]!)
      moments.add(width, answers[row]!)
    }
    await turn()
  }
  if (row !== table.rows.train) throw new RangeError(`${row} train rows came, not ${table.rows.train}`)
  unusable.refuse()
  return moments.finish()
}

/** West's update of weighted means and sums of squares (1979), value by value. */
function newMoments(columns: number) {
  const means = new Float64Array(columns)
  const squares = new Float64Array(columns)
  const lowest = new Float64Array(columns).fill(Infinity)
  const highest = new Float64Array(columns).fill(-Infinity)
  let totalWeight = 0
  let weightedRows = 0
  let weight = 0
  return {
    startRow(weightOfRow: number): void {
      weight = weightOfRow
      totalWeight += weight
      weightedRows++
    },
    add(column: number, value: number): void {
      const distance = value - means[column]!
      means[column] = means[column]! + (distance * weight) / totalWeight
      squares[column] = squares[column]! + weight * distance * (value - means[column])
      if (value < lowest[column]!) lowest[column] = value
      if (value > highest[column]!) highest[column] = value
    },
    finish(): ColumnMoments {
      const deviations = squares.map((sum, column) =>
        lowest[column] === highest[column] ? 0 : Math.sqrt(Math.max(0, sum) / totalWeight),
      )
      return { means, deviations, totalWeight, weightedRows }
    },
  }
}
