/** A round of successive halving: how many points are tried, each with how much of the resource. */
export interface Rung {
  points: number
  resource: number
}

/**
 * The rounds of successive halving (Jamieson and Talwalkar 2016): all points with the least of the resource, the best of
 * them with a factor more, and so on until the most of it. The resource grows by the factor from round to round, counted
 * back from `most`.
 */
export function halvingRungs(options: {
  points: number
  least: number
  most: number
  factor: number
}): Rung[] {
  const { points, least, most, factor } = options
  const rounds = Math.floor(Math.log(most / least) / Math.log(factor) + 1e-9)
  return Array.from({ length: rounds + 1 }, (_, round) => ({
    points: Math.max(1, Math.floor(points / factor ** round)),
    resource: Math.round(most / factor ** (rounds - round)),
  }))
}
