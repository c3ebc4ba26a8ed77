import { createRandom } from '../../src/tables/random.ts'
import { normal } from './normal.ts'
import type { RowMaker } from './write-matrix.ts'

const linearColumns = 20

/** Rows of 50 independent numbers, and answers that are about as often 0 as 1 and partly follow from some of them. */
export function networkRows(seed: number): RowMaker {
  const random = createRandom(seed)
  const ofWeights = createRandom(0, 'weights')
  const weights = Float64Array.from({ length: linearColumns }, () => 0.35 * normal(ofWeights))
  return {
    width: 50,
    fill(row) {
      for (let column = 0; column < row.length; column++) row[column] = normal(random)
      const linear = weights.reduce((sum, weight, column) => sum + weight * row[column]!, 0)
      const bent = 0.8 * row[0]! * row[1]! + Math.sin(2 * row[2]!) + 0.7 * Math.abs(row[3]!) - 0.5
      return Number(random.unit() < 1 / (1 + Math.exp(-linear - bent)))
    },
  }
}
