import { withColumn, type HeldColumns } from './held-columns.ts'

/** The answers of a model when one column has the same value in every row. */
export interface PartialDependence {
  column: string
  /** Ascending numbers, or the most frequent texts; null stands for “no value”, where rows have none. */
  points: (number | string | null)[]
  /** At each point: the mean answer over the rows. */
  average: number[]
  /** Individual conditional expectation: at each point, the answer for each of some rows. */
  lines: number[][]
}

/**
 * Partial dependence (Friedman 2001) with individual lines (Goldstein, Kapelner, Bleich and Pitkin 2015): what the model
 * answers on average, and for each of the first rows, when a column takes one value after another. Numbers run through
 * quantiles from 5 % to 95 %, so that single extremes do not stretch the picture.
 */
export async function partialDependence(options: {
  columns: HeldColumns
  column: string
  points: number
  lines: number
  answer: (columns: HeldColumns) => Promise<ArrayLike<number>>
}): Promise<PartialDependence> {
  const { columns, column, lines, answer } = options
  const values = columns[column]!
  const points =
    values instanceof Float64Array ? numberPoints(values, options.points) : textPoints(values, options.points)
  const average: number[] = []
  const byPoint: number[][] = []
  for (const point of points) {
    const answers = await answer(withColumn(columns, column, constant(values, point)))
    let sum = 0
    for (let row = 0; row < answers.length; row++) sum += answers[row]!
    average.push(sum / answers.length)
    byPoint.push(Array.from({ length: Math.min(lines, answers.length) }, (_, row) => answers[row]!))
  }
  const rowsShown = byPoint[0]?.length ?? 0
  return {
    column,
    points,
    average,
    lines: Array.from({ length: rowsShown }, (_, row) => byPoint.map((answers) => answers[row]!)),
  }
}

const outermost = 0.05

function numberPoints(values: Float64Array, wanted: number): (number | null)[] {
  const sorted = values.filter(Number.isFinite).sort()
  const missing = values.some(Number.isNaN) ? [null] : []
  if (sorted.length === 0) return missing
  const distinct = Array.from(new Set(sorted))
  if (distinct.length <= wanted) return [...distinct, ...missing]
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!
  const points = Array.from({ length: wanted }, (_, index) =>
    at(outermost + ((1 - 2 * outermost) * index) / (wanted - 1)),
  )
  return [...new Set(points), ...missing]
}

function textPoints(values: readonly string[], wanted: number): (string | null)[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, wanted)
    .map(([value]) => (value === '' ? null : value))
}

function constant(values: HeldColumns[string], point: number | string | null): HeldColumns[string] {
  return values instanceof Float64Array
    ? new Float64Array(values.length).fill(point === null ? Number.NaN : Number(point))
    : values.map(() => (point === null ? '' : String(point)))
}
