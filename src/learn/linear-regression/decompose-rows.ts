import type { LearningTable, NumbersByPart } from '../learner.ts'
import type { ColumnMoments } from './measure-columns.ts'
import { createTriangle, type Triangle } from './triangle.ts'

/** A block of so many rows stays in the cache while it is reflected. */
const blockRows = 512

/**
 * The triangle of the train rows: features, then the target, each minus its mean, a feature divided by its deviation,
 * a row times the root of its weight. A constant feature is 0 throughout.
 */
export async function decomposeRows(
  table: LearningTable,
  options: {
    values: NumbersByPart
    moments: ColumnMoments
    turn: () => Promise<void> | undefined
    onRows: (rows: number) => void
  },
): Promise<Triangle> {
  const { values, turn, onRows } = options
  const width = table.features.length
  const triangle = createTriangle(width + 1)
  const fill = blockFiller(table, options)
  let row = 0
  for await (const { rows, data } of table.chunks('train')) {
    for (let first = 0; first < rows; first += blockRows) {
      const count = Math.min(blockRows, rows - first)
      const features = data.subarray(first * width, (first + count) * width)
      triangle.add(fill(features, values.train.subarray(row, row + count), row), count)
      row += count
      await turn()
    }
    onRows(row)
  }
  return triangle
}

function blockFiller(
  { features, weights }: LearningTable,
  { moments: { means, deviations } }: { moments: ColumnMoments },
) {
  const width = features.length
  const scales = deviations.map((deviation) => (deviation > 0 ? 1 / deviation : 0))
  scales[width] = 1
  const block = new Float64Array(blockRows * (width + 1))
  return (data: Float32Array, answers: Float64Array, firstRow: number): Float64Array => {
    const rows = answers.length
    for (let row = 0; row < rows; row++) {
      const root = weights ? Math.sqrt(weights.train[firstRow + row]!) : 1
      for (let feature = 0; feature < width; feature++) {
        const distance = data[row * width + feature]! - means[feature]!
        block[feature * rows + row] = distance * scales[feature]! * root
      }
      block[width * rows + row] = (answers[row]! - means[width]!) * root
    }
    return block
  }
}

/** Adds one row a feature that pulls its coefficient, in the units of the feature, to 0. */
export function addPenalty(triangle: Triangle, deviations: Float64Array, strength: number): void {
  const features = triangle.width - 1
  const block = new Float64Array(features * triangle.width)
  for (let feature = 0; feature < features; feature++) {
    const deviation = deviations[feature]!
    if (deviation > 0) block[feature * features + feature] = Math.sqrt(strength) / deviation
  }
  triangle.add(block, features)
}
