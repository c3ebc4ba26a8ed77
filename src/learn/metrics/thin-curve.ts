/**
 * At most `points` of a curve's points, evenly spread over their number, ends included: for reports that are shown. All
 * columns of a curve are thinned alike; one that is shorter by its last point stays so.
 */
export function thinCurve<Curve extends Readonly<Record<string, readonly number[]>>>(
  curve: Curve,
  points: number,
): { [Column in keyof Curve]: number[] } {
  const length = Math.max(...Object.values(curve).map((column) => column.length))
  const kept = keptPoints(length, points)
  const thinned = Object.entries(curve).map(([name, column]) => [
    name,
    kept.filter((index) => index < column.length).map((index) => column[index]!),
  ])
  return Object.fromEntries(thinned) as { [Column in keyof Curve]: number[] }
}

/** The points of a curve of this length that `thinCurve` keeps. */
export function keptPoints(length: number, points: number): number[] {
  return length <= points
    ? Array.from({ length }, (_, index) => index)
    : Array.from({ length: points }, (_, index) => Math.round((index * (length - 1)) / (points - 1)))
}
