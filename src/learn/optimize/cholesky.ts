/** A share of a diagonal below which what elimination leaves of it is rounding. */
const rounding = 1e-10

/**
 * The inverse of a symmetric positive definite matrix, row-major, by Cholesky’s decomposition; null where it has none, or
 * none that float64 could tell.
 */
export function invertSymmetric(matrix: Float64Array, size: number): Float64Array | null {
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column]!
      for (let k = 0; k < column; k++) sum -= lower[row * size + k]! * lower[column * size + k]!
      if (row !== column) lower[row * size + column] = sum / lower[column * size + column]!
      else if (sum <= rounding * matrix[row * size + row]!) return null
      else lower[row * size + row] = Math.sqrt(sum)
    }
  }
  return productWithTransposed(invertLower(lower, size), size)
}

function invertLower(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column++) {
    inverse[column * size + column] = 1 / lower[column * size + column]!
    for (let row = column + 1; row < size; row++) {
      let sum = 0
      for (let k = column; k < row; k++) sum += lower[row * size + k]! * inverse[k * size + column]!
      inverse[row * size + column] = -sum / lower[row * size + row]!
    }
  }
  return inverse
}

/** LᵀL of a lower triangle. */
function productWithTransposed(lower: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = 0
      for (let k = row; k < size; k++) sum += lower[k * size + row]! * lower[k * size + column]!
      product[row * size + column] = sum
      product[column * size + row] = sum
    }
  }
  return product
}
