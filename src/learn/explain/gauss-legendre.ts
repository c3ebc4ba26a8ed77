/** Places and weights that integrate polynomials up to the degree 2 × `points` − 1 over [0, 1] exactly. */
export interface Quadrature {
  places: Float64Array
  weights: Float64Array
}

/** Gauss–Legendre quadrature; the roots of the Legendre polynomials by Newton's method. */
export function gaussLegendre(points: number): Quadrature {
  const places = new Float64Array(points)
  const weights = new Float64Array(points)
  for (let index = 0; index < points; index++) {
    let root = Math.cos((Math.PI * (index + 0.75)) / (points + 0.5))
    let slope = 1
    for (let step = 0; step < 100; step++) {
      const polynomial = legendre(points, root)
      slope = polynomial.slope
      const move = polynomial.value / slope
      root -= move
      if (Math.abs(move) < 1e-16) break
    }
    places[index] = (1 - root) / 2
    weights[index] = 1 / ((1 - root * root) * slope * slope)
  }
  return { places, weights }
}

function legendre(degree: number, x: number): { value: number; slope: number } {
  let before = 1
  let value = x
  for (let order = 2; order <= degree; order++)
    [before, value] = [value, ((2 * order - 1) * x * value - (order - 1) * before) / order]
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) }
}
