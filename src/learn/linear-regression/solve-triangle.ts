import type { Triangle } from './triangle.ts'

/** The least-squares solution for the last column of a triangle by the others. */
export interface Solution {
  /** The columns that have a coefficient, in order. */
  kept: readonly number[]
  /** One number a column; 0 for those that are left out. */
  coefficients: Float64Array
  /** The sum of squares that the columns do not explain. */
  residual: number
  /** For the kept columns: the inverse of their triangle, row-major, so that inverse × inverseᵀ = (AᵀA)⁻¹. */
  inverse: Float64Array
}

/**
 * Solves for each column in turn what those before it leave over, as R's `lm` does: a column of which no more is left
 * than its tolerance, a share of its length, is a combination of those before and is left out.
 */
export function solveTriangle(triangle: Triangle, tolerances: Float64Array): Solution {
  const { width } = triangle
  const columns = columnsOf(triangle)
  const kept: number[] = []
  for (let column = 0; column < width - 1; column++) {
    const rest = lengthFrom(columns[column]!, kept.length)
    if (rest === 0 || rest <= tolerances[column]! * lengthFrom(columns[column]!, 0)) continue
    eliminate(columns, { column, row: kept.length, rest })
    kept.push(column)
  }
  const inverse = inverseOf(kept.map((column) => columns[column]!))
  const answer = columns[width - 1]!
  const coefficients = new Float64Array(width - 1)
  for (const [index, column] of kept.entries()) {
    let sum = 0
    for (let at = index; at < kept.length; at++) sum += inverse[index * kept.length + at]! * answer[at]!
    coefficients[column] = sum
  }
  return { kept, coefficients, residual: lengthFrom(answer, kept.length) ** 2, inverse }
}

function columnsOf({ values, width }: Triangle): Float64Array[] {
  return Array.from({ length: width }, (_, column) =>
    Float64Array.from({ length: width }, (__, row) => values[row * width + column]!),
  )
}

function lengthFrom(column: Float64Array, first: number): number {
  let sum = 0
  for (let row = first; row < column.length; row++) sum += column[row]! * column[row]!
  return Math.sqrt(sum)
}

/** A Householder reflection that leaves a column nothing below a row. */
function eliminate(
  columns: readonly Float64Array[],
  { column, row, rest }: { column: number; row: number; rest: number },
): void {
  const mirror = columns[column]!.slice(row)
  const diagonal = mirror[0]! > 0 ? -rest : rest
  mirror[0] = mirror[0]! - diagonal
  const length = mirror.reduce((sum, value) => sum + value * value, 0)
  for (const other of columns.slice(column + 1)) {
    const product = mirror.reduce((sum, value, index) => sum + value * other[row + index]!, 0)
    const amount = (2 * product) / length
    for (const [index, value] of mirror.entries()) other[row + index] = other[row + index]! - amount * value
  }
  columns[column]!.fill(0, row)
  columns[column]![row] = diagonal
}

/** The inverse of an upper triangle, by back substitution. */
function inverseOf(columns: readonly Float64Array[]): Float64Array {
  const size = columns.length
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column++) {
    inverse[column * size + column] = 1 / columns[column]![column]!
    for (let row = column - 1; row >= 0; row--) {
      let sum = 0
      for (let at = row + 1; at <= column; at++) sum += columns[at]![row]! * inverse[at * size + column]!
      inverse[row * size + column] = -sum / columns[row]![row]!
    }
  }
  return inverse
}
