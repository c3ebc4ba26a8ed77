/** The triangle R of a QR decomposition, of a matrix that comes block by block. */
export interface Triangle {
  width: number
  /** Row-major, width × width; 0 below the diagonal. RᵀR = AᵀA for all rows A so far. */
  values: Float64Array
  /** Adds rows; the block, column-major, is used up. */
  add(block: Float64Array, rows: number): void
}

/**
 * QR by Householder reflections of the triangle so far with a block under it (Golub and Van Loan, Matrix Computations,
 * 4th ed., 6.5.3): exact to rounding, which the sums of squares and products of normal equations are not.
 */
export function createTriangle(width: number): Triangle {
  const values = new Float64Array(width * width)
  const add = (block: Float64Array, rows: number): void => {
    for (let column = 0; column < width; column++) {
      const start = column * rows
      let below = 0
      for (let at = start; at < start + rows; at++) below += block[at]! * block[at]!
      if (below === 0) continue
      const corner = values[column * width + column]!
      const norm = Math.hypot(corner, Math.sqrt(below))
      const diagonal = corner > 0 ? -norm : norm
      const top = corner - diagonal
      values[column * width + column] = diagonal
      const factor = 2 / (top * top + below)
      for (let other = column + 1; other < width; other++) {
        reflect({
          values,
          index: column * width + other,
          top,
          factor,
          block,
          start,
          other: other * rows,
          rows,
        })
      }
    }
  }
  return { width, values, add }
}

function reflect(options: {
  values: Float64Array
  index: number
  top: number
  factor: number
  block: Float64Array
  start: number
  other: number
  rows: number
}): void {
  const { values, index, top, factor, block, start, other, rows } = options
  let product = top * values[index]!
  for (let row = 0; row < rows; row++) product += block[start + row]! * block[other + row]!
  const amount = factor * product
  values[index] = values[index]! - amount * top
  for (let row = 0; row < rows; row++) block[other + row] = block[other + row]! - amount * block[start + row]!
}
