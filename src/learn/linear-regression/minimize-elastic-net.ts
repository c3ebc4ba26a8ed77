import type { Triangle } from './triangle.ts'

/** So small a step, as a share of the target's length, changes no digit that a user sees. */
const smallestStep = 1e-13
const mostSweeps = 20_000

/**
 * Minimizes ‖y − A u‖² / 2 + Σ absolute_j |u_j| + Σ squared_j u_j² / 2, where y is the last column of a triangle and A
 * the others: by coordinate descent with covariance updates (Friedman, Hastie and Tibshirani, Journal of Statistical
 * Software 33/1, 2010, 2.2), which needs no row again. A column of zeros keeps the coefficient 0.
 */
export function minimizeElasticNet(
  triangle: Triangle,
  { absolute, squared }: { absolute: Float64Array; squared: Float64Array },
): { coefficients: Float64Array; residual: number; converged: boolean } {
  const width = triangle.width - 1
  const products = productsOf(triangle)
  const coefficients = new Float64Array(width)
  /** Products of each column with what is left of y. */
  const left = Float64Array.from({ length: width }, (_, column) => products(column, width))
  const enough = smallestStep * Math.sqrt(products(width, width))
  const descend = (): number => {
    let largest = 0
    for (let column = 0; column < width; column++) {
      const square = products(column, column)
      if (square === 0) continue
      const before = coefficients[column]!
      const pull = left[column]! + square * before
      const after =
        (Math.sign(pull) * Math.max(0, Math.abs(pull) - absolute[column]!)) / (square + squared[column]!)
      if (after === before) continue
      coefficients[column] = after
      for (let other = 0; other < width; other++)
        left[other] = left[other]! - products(other, column) * (after - before)
      largest = Math.max(largest, Math.abs(after - before) * Math.sqrt(square))
    }
    return largest
  }
  let sweeps = 0
  let step = Infinity
  while (step > enough && sweeps < mostSweeps) {
    step = descend()
    sweeps++
  }
  return { coefficients, residual: residualOf(triangle, coefficients), converged: step <= enough }
}

/** AᵀA and Aᵀy, from the triangle. */
function productsOf({ values, width }: Triangle): (column: number, other: number) => number {
  const table = new Float64Array(width * width)
  for (let row = 0; row < width; row++) {
    for (let column = row; column < width; column++) {
      const value = values[row * width + column]!
      if (value === 0) continue
      for (let other = row; other < width; other++) {
        const at = column * width + other
        table[at] = table[at]! + value * values[row * width + other]!
      }
    }
  }
  return (column, other) => table[column * width + other]!
}

function residualOf({ values, width }: Triangle, coefficients: Float64Array): number {
  let sum = 0
  for (let row = 0; row < width; row++) {
    let rest = values[row * width + width - 1]!
    for (let column = row; column < width - 1; column++)
      rest -= values[row * width + column]! * coefficients[column]!
    sum += rest * rest
  }
  return sum
}
