import type { ClassifiedRows } from './measured-rows.ts'

/** Weight of the rows by true class (first index) and answered class. */
export type ConfusionMatrix = readonly (readonly number[])[]

export function confusionMatrix({ classes, actual, predicted, weights }: ClassifiedRows): ConfusionMatrix {
  const matrix = Array.from({ length: classes }, () => Array.from<number>({ length: classes }).fill(0))
  for (let row = 0; row < actual.length; row++) {
    matrix[actual[row]!]![predicted[row]!]! += weights ? weights[row]! : 1
  }
  return matrix
}

/** What the matrix says of one class. */
export interface ClassCounts {
  truePositives: number
  /** Weight of the rows that are of the class. */
  actual: number
  /** Weight of the rows that are said to be. */
  predicted: number
}

export function countsByClass(matrix: ConfusionMatrix): ClassCounts[] {
  return matrix.map((answers, code) => ({
    truePositives: answers[code]!,
    actual: answers.reduce((sum, weight) => sum + weight, 0),
    predicted: matrix.reduce((sum, others) => sum + others[code]!, 0),
  }))
}
